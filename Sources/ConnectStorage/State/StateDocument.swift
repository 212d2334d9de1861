import ConnectCore

/// A state document: what one retailer owns, or several (`retailers: [ … ]`), in YAML or JSON.
///
/// Fixtures, seeds, snapshots and restores are all of this one form.
package struct StateDocument: Equatable, Sendable {
    /// The largest document that is read, in bytes: 8 MiB.
    package static let maximumSize = 8 * 1_048_576

    package let retailers: [RetailerState]

    /// Reads a document strictly: an unknown field, a wrong value or a link to nobody is an error.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON.
    ///   - source: What errors call the document, such as its file's name.
    ///   - authorizePath: Where the authorization URL is, for faults that name it.
    /// - Throws: ``StateDocumentError``.
    package init(
        parsing text: String,
        source: String,
        authorizePath: String = Endpoint.authorize.path
    ) throws(StateDocumentError) {
        let root = try DocumentNode(parsing: text, source: source, authorizePath: authorizePath)
        let fields = try root.fields(RetailerState.fieldNames + ["retailers"])
        guard let list = fields["retailers"] else {
            retailers = [try RetailerState(root)]
            return
        }
        guard fields.count == 1 else { throw root.error("must have either retailers or the fields of one retailer") }
        var retailers: [RetailerState] = []
        var ids: Set<RetailerID> = []
        for element in try list.elements() {
            let state = try RetailerState(element)
            if let id = state.id, !ids.insert(id).inserted { throw element.error("repeats the id \(id.rawValue)") }
            retailers.append(state)
        }
        self.retailers = retailers
    }

    /// The document that says several retailers at once.
    ///
    /// - Parameter retailers: The retailers.
    /// - Returns: The document.
    package static func document(of retailers: [RetailerState]) -> DocumentValue {
        .object([("retailers", .list(retailers.map(\.document)))])
    }
}

extension RetailerState {
    static let fieldNames = [
        "id", "name", "clock", "applications", "instacart_users", "connect_users", "faults", "authorization_codes",
        "access_tokens",
    ]

    init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(Self.fieldNames)
        id = try fields["id"]?.text().asRetailerID
        name = try fields["name"]?.text()
        clock = try fields["clock"].map { node throws(StateDocumentError) in try ClockState(node) }
        if let list = fields["applications"] {
            var applications: [ApplicationState] = []
            for element in try list.elements() {
                let application = try ApplicationState(element)
                if let clientID = application.clientID, applications.contains(where: { $0.clientID == clientID }) {
                    throw element.error("repeats the client_id \(clientID.rawValue)")
                }
                applications.append(application)
            }
            self.applications = applications
        }
        var users = InstacartUsersRead()
        for element in try fields["instacart_users"]?.elements() ?? [] { try users.read(element) }
        instacartUsers = users.users
        var customers = ConnectUsersRead()
        for element in try fields["connect_users"]?.elements() ?? [] { try customers.read(element, linkingTo: users) }
        connectUsers = customers.users
        var faultIDs: Set<String> = []
        for element in try fields["faults"]?.elements() ?? [] {
            let fault = try FaultState(element)
            if let id = fault.id, !faultIDs.insert(id).inserted { throw element.error("repeats the id \(id)") }
            faults.append(fault)
        }
        tokens = try TokensRead(
            codes: fields["authorization_codes"],
            accessTokens: fields["access_tokens"],
            clientIDs: applications.map { Set($0.compactMap(\.clientID)) },
            connectUserIDs: customers.ids,
            instacartUserIDs: users.ids
        )?.state
    }
}

extension RetailerState.ClockState {
    fileprivate init(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields(["now", "offset", "frozen"])
        if let node = fields["now"] {
            let instant = try node.instant()
            guard instant.isForClocks else { throw node.error("is out of range: \(ControlRefusal.clockLimits)") }
            now = instant
        }
        isFrozen = try fields["frozen"]?.flag() ?? false
        guard let offset = fields["offset"] else { return }
        guard now == nil, !isFrozen else { throw offset.error("goes with neither now nor frozen: true") }
        let read = try offset.value("a duration such as PT25H or -PT1H", ClockOffset.init)
        self.offset = read.milliseconds
    }
}

extension String {
    fileprivate var asRetailerID: RetailerID { RetailerID(rawValue: self) }
}
