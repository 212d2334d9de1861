import ConnectCore

/// Exchanges in a row each, the latest last: next to where a person goes on typing.
struct ExchangeTable {
    /// Authorization URLs are longer than a terminal is wide.
    static let pathWidth = 80

    let exchanges: [ExchangeAnswer]
    /// Whether to say whose they are, where that is not one retailer.
    let showsRetailers: Bool

    var text: String {
        guard !exchanges.isEmpty else { return "no requests" }
        let columns: [(title: String, cell: (ExchangeAnswer) -> String?)] = [
            ("id", \.id.description),
            ("retailer", \.retailer),
            ("time", \.time),
            ("status", \.status?.description),
            ("method", \.method.printable),
            ("path", { $0.path.printable.cut(to: Self.pathWidth) }),
            ("outcome", \.outcome),
            ("fault", \.fault),
            ("reason", \.reason?.printable),
        ]
        let shown = columns.filter { column in
            switch column.title {
            case "retailer": showsRetailers
            // Most of the time there is nothing to say.
            case "fault", "reason": exchanges.contains { column.cell($0) != nil }
            default: true
            }
        }
        return Table(
            titles: shown.map(\.title),
            rows: exchanges.sorted { $0.id < $1.id }.map { exchange in shown.map { $0.cell(exchange) } }
        ).text
    }
}
