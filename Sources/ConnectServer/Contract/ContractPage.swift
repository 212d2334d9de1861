import ConnectCore

/// What `contract.mustache` shows.
struct ContractPage: Sendable {
    /// The outcomes of one endpoint, or those that all share.
    struct Section: Sendable {
        let anchor: String
        let title: String
        /// Nil for what all share.
        let call: String?
        let guide: Link?
        let outcomes: [OutcomeRow]
    }

    struct OutcomeRow: Sendable {
        let key: String
        let status: Int
        let cause: String
        /// Nil where it is assumed.
        let source: Link?
        /// Nil where it is documented.
        let basis: String?
        let turnedBy: String?
        let examples: [Example]
    }

    struct Example: Sendable {
        let label: String
        let text: String
    }

    struct AssumptionRow: Sendable {
        let name: String
        let explanation: String
        let isInForce: Bool
        let turned: [String]
    }

    /// A page of Instacart's documentation.
    struct Link: Sendable {
        let page: String
        let address: String

        init(page: String) {
            self.page = page
            address = "https://docs.instacart.com\(page)"
        }
    }

    let outcomeCount: Int
    let documentedCount: Int
    let assumedCount: Int
    let sections: [Section]
    let assumptions: [AssumptionRow]

    init(_ contract: ContractResponse) {
        let endpoints = contract.endpoints.map { endpoint in
            Section(
                anchor: endpoint.name,
                title: endpoint.name,
                call: "\(endpoint.method) \(endpoint.path)",
                guide: Link(page: endpoint.page),
                outcomes: endpoint.outcomes.map(OutcomeRow.init)
            )
        }
        let shared = Section(
            anchor: "any",
            title: "Shared by all endpoints",
            call: nil,
            guide: nil,
            outcomes: contract.shared.map(OutcomeRow.init)
        )
        sections = endpoints + [shared]
        let outcomes = sections.flatMap(\.outcomes)
        outcomeCount = outcomes.count
        documentedCount = outcomes.count { $0.basis == nil }
        assumedCount = outcomeCount - documentedCount
        assumptions = contract.assumptions.map { assumption in
            AssumptionRow(
                name: assumption.name,
                explanation: assumption.explanation.sentence,
                isInForce: assumption.isInForce,
                turned: assumption.outcomes
            )
        }
    }
}

extension ContractPage.OutcomeRow {
    init(_ outcome: OutcomeResponse) {
        key = outcome.key
        status = outcome.status
        cause = outcome.cause
        switch outcome.provenance {
        case .documented(let page):
            source = ContractPage.Link(page: page)
            basis = nil
            turnedBy = nil
        case .assumed(let basis, let assumption):
            source = nil
            self.basis = basis
            turnedBy = assumption?.rawValue
        }
        examples = [
            (outcome.oauthExample == nil ? "Example" : "Under /v2", outcome.example),
            ("Under /v2/oauth", outcome.oauthExample),
        ].compactMap { label, example in example.map { ContractPage.Example(label: label, text: $0.shown) } }
    }
}

extension String {
    /// A line of the banner as a sentence.
    fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
