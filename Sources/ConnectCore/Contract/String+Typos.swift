extension String {
    /// How many letters have to be added, dropped, replaced or swapped with the next to get another text.
    ///
    /// - Parameters:
    ///   - other: The other text.
    ///   - limit: How many at most.
    /// - Returns: Their number; nil where there are more.
    package func typos(from other: String, atMost limit: Int) -> Int? {
        let (mine, theirs) = (Array(self), Array(other))
        guard abs(mine.count - theirs.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...theirs.count)
        for (row, letter) in mine.enumerated() {
            var current = [row + 1]
            for (column, expected) in theirs.enumerated() {
                var least = min(last[column + 1], current[column]) + 1
                least = min(least, last[column] + (letter == expected ? 0 : 1))
                let isSwapped =
                    row > 0 && column > 0 && letter == theirs[column - 1] && mine[row - 1] == expected
                if isSwapped { least = min(least, beforeLast[column - 1] + 1) }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[theirs.count] <= limit ? last[theirs.count] : nil
    }

    /// The word that may have been meant by this one, in whatever case and however its parts are joined.
    ///
    /// - Parameter words: What there is.
    /// - Returns: The closest one; nil where none is close.
    package func closest(among words: [String]) -> String? {
        let near = words.compactMap { word -> (word: String, typos: Int)? in
            let expected = word.lettersAndDigits
            let typos = lettersAndDigits.typos(from: expected, atMost: max(1, expected.count / 3))
            return typos.map { (word, $0) }
        }
        return near.min { $0.typos < $1.typos }?.word
    }

    private var lettersAndDigits: String {
        lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
