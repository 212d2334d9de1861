/// Rows under a line of titles, each column as wide as its longest cell.
struct Table {
    let titles: [String]
    /// Cells by row; one that is nil or empty is shown as a hyphen.
    let rows: [[String?]]

    var text: String {
        let body: [[String]] = rows.map { row in row.map { $0?.nonEmpty ?? "-" } }
        let lines = [titles] + body
        let widths: [Int] = titles.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            let padded = zip(cells, widths).dropLast().map { cell, width in cell.padded(to: width) }
            return (padded + cells.suffix(1)).joined(separator: "  ")
        }
        .joined(separator: "\n")
    }
}

extension String {
    var nonEmpty: String? {
        isEmpty ? nil : self
    }

    /// Filled up with spaces to a column's width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

extension Bool {
    /// As a person says it.
    var word: String { self ? "yes" : "no" }
}

extension Double {
    /// Without a fraction where it has none.
    var word: String { Int(exactly: self)?.description ?? description }
}
