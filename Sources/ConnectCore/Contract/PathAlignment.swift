/// The cheapest way of reading a path as a route's: what is missing in it, what is too much and what is misspelt.
struct PathAlignment {
    let path: [PathSegment]
    let template: [PathSegment]
    /// The words of routes' segments that are no parameters: an id is hardly called so.
    let literals: Set<[String]>

    /// What the differences cost, altogether.
    ///
    /// Nil where the path has nothing of the route but versions and ids.
    var distance: Int? {
        guard isRelated else { return nil }
        // From the ends to the beginnings: what it costs to read the rest of the path as the rest of the template.
        var costs = [[Int]](repeating: [Int](repeating: 0, count: template.count + 1), count: path.count + 1)
        for row in stride(from: path.count, through: 0, by: -1) {
            for column in stride(from: template.count, through: 0, by: -1) {
                let steps = steps(row, column).map { $0.cost + costs[row + $0.rows][column + $0.columns] }
                costs[row][column] = steps.min() ?? 0
            }
        }
        return costs[0][0]
    }

    /// So many segments of the path read as so many of the template.
    private struct Step {
        let rows: Int
        let columns: Int
        let cost: Int
    }

    /// Where a path goes on: none at its end and the template's.
    private func steps(_ row: Int, _ column: Int) -> [Step] {
        var steps: [Step] = []
        if row < path.count {
            // A prefix is a base address that is another one; what else is too much is another route.
            let cost = path[row].isVersion ? 1 : column == 0 ? 2 : 5
            steps.append(Step(rows: 1, columns: 0, cost: cost))
        }
        if column < template.count {
            steps.append(Step(rows: 0, columns: 1, cost: template[column].isVersion ? 1 : 2))
        }
        guard row < path.count, column < template.count else { return steps }
        if let cost = distance(row, column) {
            steps.append(Step(rows: 1, columns: 1, cost: cost))
        }
        if row + 1 < path.count, haveSameWords(path[row...(row + 1)], template[column...column]) {
            steps.append(Step(rows: 2, columns: 1, cost: 1))
        }
        if column + 1 < template.count, haveSameWords(path[row...row], template[column...(column + 1)]) {
            steps.append(Step(rows: 1, columns: 2, cost: 1))
        }
        return steps
    }

    private func distance(_ row: Int, _ column: Int) -> Int? {
        guard template[column].isParameter else { return path[row].distance(from: template[column]) }
        // What is not behind the name of a collection is not one of its ids.
        guard row > 0, column > 0, path[row - 1].distance(from: template[column - 1]) != nil else { return nil }
        return literals.contains(path[row].words) ? 2 : 0
    }

    /// Whether `fulfillment/sandbox` came for `fulfillment_sandbox`, or `revoke_token` for `token/revoke`.
    private func haveSameWords(_ given: ArraySlice<PathSegment>, _ expected: ArraySlice<PathSegment>) -> Bool {
        !expected.contains(where: \.isParameter)
            && given.flatMap(\.words).sorted() == expected.flatMap(\.words).sorted()
    }

    private var isRelated: Bool {
        template.contains { expected in
            !expected.isParameter && !expected.isVersion
                && path.contains { $0.distance(from: expected) != nil }
        }
    }
}
