/// A path in which `*` stands for any text, slashes included.
package struct PathPattern: Equatable, Sendable {
    private let parts: [Substring]

    package init(_ pattern: String) {
        parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    }

    /// - Parameter path: A path without query.
    /// - Returns: Whether the pattern covers all of it.
    package func matches(_ path: String) -> Bool {
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return path == parts.joined() }
        guard path.hasPrefix(first), path.dropFirst(first.count).hasSuffix(last) else { return false }
        var rest = path.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// Whether it covers some path of a template such as `/v2/fulfillment/users/{user_id}/link`.
    package func canMatch(template: String) -> Bool {
        // Whatever the pattern says where the template has a parameter, some value of the parameter is that.
        let segments = template.split(separator: "/", omittingEmptySubsequences: false)
        let given = parts.joined(separator: "*").split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 1 {
            return segments.count == given.count
                && zip(segments, given).allSatisfy { $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty) }
        }
        return PathPattern(template.replacing(/\{[^}]*\}/, with: "*")).overlaps(self)
    }

    /// Whether some path is covered by both.
    private func overlaps(_ other: PathPattern) -> Bool {
        let mine = Array(parts.joined(separator: "*"))
        let others = Array(other.parts.joined(separator: "*"))
        // reachable[j]: the beginnings of both up to here cover a common text.
        var reachable = [Bool](repeating: false, count: others.count + 1)
        reachable[0] = true
        for j in others.indices where others[j] == "*" { reachable[j + 1] = reachable[j] }
        for character in mine {
            var next = [Bool](repeating: false, count: others.count + 1)
            if character == "*" {
                next[0] = reachable[0]
                for j in others.indices { next[j + 1] = reachable[j + 1] || next[j] }
            } else {
                for j in others.indices {
                    let isStar = others[j] == "*"
                    next[j + 1] =
                        isStar ? next[j] || reachable[j + 1] || reachable[j] : others[j] == character && reachable[j]
                }
            }
            reachable = next
        }
        return reachable[others.count]
    }
}
