/// Lines of a label and its value, as the server's banner has them.
struct Labels {
    private let fields: [(label: String, values: [String])]

    /// - Parameter fields: Labels and values; one without value is left out, one of several takes a line for each.
    init(_ fields: [(label: String, values: [String?])]) {
        self.fields = fields.compactMap { field in
            let values = field.values.compactMap { $0 }
            return values.isEmpty ? nil : (field.label, values)
        }
    }

    var text: String {
        let width = fields.map(\.label.count).max() ?? 0
        return fields.flatMap { field in
            field.values.enumerated().map { index, value in
                let label = index == 0 ? field.label : ""
                return "\(label.padded(to: width))  \(value)"
            }
        }
        .joined(separator: "\n")
    }
}
