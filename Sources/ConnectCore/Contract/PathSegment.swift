/// A part of a path between two slashes, as it is compared with another one.
struct PathSegment: Sendable {
    /// In lower case.
    let text: String
    /// Its words in the singular, sorted: `Instacart-Users` has those of `instacart_user`.
    let words: [String]
    /// Whether it stands for any value, as `{user_id}` does.
    let isParameter: Bool
    /// Whether it is `v1`, `v2` and the like.
    let isVersion: Bool

    init(_ text: some StringProtocol) {
        self.text = text.lowercased()
        words = Self.words(of: String(text))
        isParameter = text.hasPrefix("{") && text.hasSuffix("}")
        let digits = self.text.dropFirst()
        isVersion = self.text.hasPrefix("v") && !digits.isEmpty && digits.allSatisfy(\.isNumber)
    }

    /// The parts of a path; empty ones do not count.
    static func segments(of path: String) -> [PathSegment] {
        path.split(separator: "/").map { PathSegment($0) }
    }

    /// How far it is from a route's, neither being a parameter: nothing where they are the same but for case.
    ///
    /// - Parameter expected: The route's.
    /// - Returns: 0, 1 or 2; nil where they have nothing to do with each other.
    func distance(from expected: PathSegment) -> Int? {
        if text == expected.text { return 0 }
        if isVersion || expected.isVersion { return isVersion && expected.isVersion ? 1 : nil }
        guard !words.isEmpty else { return nil }
        if words == expected.words { return 1 }
        if let typos = text.typos(from: expected.text, atMost: expected.text.count / 3) { return min(typos, 2) }
        let (mine, theirs) = (Set(words), Set(expected.words))
        return mine.isSubset(of: theirs) || theirs.isSubset(of: mine) ? 2 : nil
    }

    private static func words(of text: String) -> [String] {
        var words: [String] = [""]
        var previous: Character = "_"
        for character in text {
            let isLetterOrDigit = character.isLetter || character.isNumber
            if !isLetterOrDigit || previous.isLowercase && character.isUppercase { words.append("") }
            if isLetterOrDigit { words[words.count - 1] += character.lowercased() }
            previous = character
        }
        return words.filter { !$0.isEmpty }.map(\.singular).sorted()
    }
}

extension String {
    fileprivate var singular: String {
        count > 3 && hasSuffix("s") ? String(dropLast()) : self
    }
}
