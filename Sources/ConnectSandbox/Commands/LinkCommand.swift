import ArgumentParser
import ConnectCore
import ConnectServer

/// `connect-sandbox link`: a linked Connect user in one command.
struct LinkCommand: ControlCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Link a Connect user to an Instacart user.",
        discussion: """
            Whoever is not there is created, the Instacart user as no member unless --member or an end is given. A \
            link that the Connect user has already is replaced.
            """
    )

    @Argument(help: ArgumentHelp("Connect user; a fresh one where it is left out.", valueName: "user-id"))
    var userID: Identifier?

    @Option(
        name: .customLong("instacart-user"),
        help: ArgumentHelp("Id of an Instacart user who is there.", valueName: "id")
    )
    var instacartUserID: Int64?

    @Option(help: ArgumentHelp("E-mail address of the Instacart user.", valueName: "email"))
    var email: String?

    @OptionGroup var membership: MembershipOptions

    @OptionGroup var options: RetailerOptions

    func validate() throws {
        if instacartUserID != nil, email != nil {
            throw ValidationError("--instacart-user and --email exclude each other")
        }
    }

    func run(in session: ControlSession) async throws {
        let connectUsers = try await connectUsers(in: session)
        let instacartUser = try await namedInstacartUser(in: session)
        if let instacartUser { try checkIsFree(instacartUser, among: connectUsers) }

        // Nothing is written before this. Each step is a request of its own: where the server refuses a later one, what
        // the earlier ones did stays, and is told.
        var done: [String] = []
        do {
            let connectUserID: String
            if let userID, connectUsers.contains(where: { $0.userID == userID.rawValue }) {
                connectUserID = userID.rawValue
            } else {
                connectUserID = try await createConnectUser(in: session).userID
                done.append("created the Connect user \(connectUserID)")
            }
            let linked: InstacartUserAnswer
            if let instacartUser {
                linked = try await updated(instacartUser, in: session)
                if membership.isGiven { done.append("changed the membership of the Instacart user \(linked.id)") }
            } else {
                linked = try await createInstacartUser(in: session)
                done.append("created the Instacart user \(linked.id)")
            }
            let path = options.path("connect_users", connectUserID, "link")
            let answer = try await session.send(.put, path, LinkFields(instacartUserID: linked.id))
            let connectUser = try session.decode(answer, as: ConnectUserAnswer.self)
            try session.show(LinkedUsers(connectUser: connectUser, instacartUser: linked))
        } catch let error where !done.isEmpty {
            throw CommandFailure(description: "\(error) (Done before that: \(done.joined(separator: ", ")).)")
        }
    }
}

extension LinkCommand {
    private func connectUsers(in session: ControlSession) async throws -> [ConnectUserAnswer] {
        let answer = try await session.send(.get, options.path("connect_users"))
        return try session.decode(answer, as: ConnectUserList.self).connectUsers
    }

    /// The Instacart user whom the options name; nil where one is to be created.
    private func namedInstacartUser(in session: ControlSession) async throws -> InstacartUserAnswer? {
        if let instacartUserID {
            let answer = try await session.send(.get, options.path("instacart_users", instacartUserID.description))
            return try session.decode(answer, as: InstacartUserAnswer.self)
        }
        guard let email else { return nil }
        guard let address = EmailAddress(rawValue: email) else {
            throw CommandFailure(description: "“\(email)” is not an e-mail address")
        }
        let answer = try await session.send(.get, options.path("instacart_users"))
        let instacartUsers = try session.decode(answer, as: InstacartUserList.self).instacartUsers
        return instacartUsers.first { EmailAddress(rawValue: $0.email) == address }
    }

    private func checkIsFree(
        _ instacartUser: InstacartUserAnswer,
        among connectUsers: [ConnectUserAnswer]
    ) throws(CommandFailure) {
        guard
            let other = connectUsers.first(where: { $0.linkedTo == instacartUser.id }),
            other.userID != userID?.rawValue
        else { return }
        throw CommandFailure(
            description: "the Instacart user \(instacartUser.id) is linked to the Connect user \(other.userID) already"
        )
    }

    private func createConnectUser(in session: ControlSession) async throws -> ConnectUserAnswer {
        let fields = ConnectUserFields(userID: userID?.rawValue)
        let answer = try await session.send(.post, options.path("connect_users"), fields)
        return try session.decode(answer, as: ConnectUserAnswer.self)
    }

    private func createInstacartUser(in session: ControlSession) async throws -> InstacartUserAnswer {
        var fields = membership.fields
        fields.email = email
        let answer = try await session.send(.post, options.path("instacart_users"), fields)
        return try session.decode(answer, as: InstacartUserAnswer.self)
    }

    /// With the membership that the options give, where they give one.
    private func updated(
        _ instacartUser: InstacartUserAnswer,
        in session: ControlSession
    ) async throws -> InstacartUserAnswer {
        guard membership.isGiven else { return instacartUser }
        let path = options.path("instacart_users", instacartUser.id.description)
        let answer = try await session.send(.patch, path, membership.fields)
        return try session.decode(answer, as: InstacartUserAnswer.self)
    }
}
