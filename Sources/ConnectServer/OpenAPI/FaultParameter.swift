import ConnectCore

/// The header `X-Sandbox-Fault`, with what it takes at one endpoint.
struct FaultParameter {
    let endpoint: Endpoint

    /// - Parameter header: The header as people write it.
    /// - Returns: The header with its schema.
    func completed(_ header: JSONBody) -> JSONBody {
        let outcomes = Outcome.catalogue.filter { $0.canAnswer(endpoint) }.map(\.key)
        let statuses = (400..<600).filter { Outcome.shared(forFaultStatus: $0) != nil }.map(String.init)
        let words = outcomes + statuses + WireFault.allCases.map(\.rawValue)
        // Up to Latency.maximum.
        let latency = JSONBody.text("^latency=([0-5]?[0-9]{1,4}|60000)$")
        var header = header
        header["schema"] = .fields([
            "type": .text("string"),
            "anyOf": .list([.fields(["enum": .texts(words)]), .fields(["pattern": latency])]),
        ])
        return header
    }
}
