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
}
