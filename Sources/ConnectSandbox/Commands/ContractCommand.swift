import ArgumentParser
import ConnectServer
import Foundation

/// `connect-sandbox contract`: what a running server answers, and what that rests on.
struct ContractCommand: ControlCommand {
    static let configuration = CommandConfiguration(
        commandName: "contract",
        abstract: "Show every outcome, and whether it is documented or assumed.",
        discussion: "Of an endpoint, or of one outcome, it shows when it is answered, why so, and an example."
    )

    @Argument(
        help: ArgumentHelp("Endpoint such as link_user, or outcome such as link_user.success.", valueName: "name")
    )
    var name: Identifier?

    @OptionGroup var options: ConnectionOptions

    func run(in session: ControlSession) async throws {
        let answer = try await session.send(.get, ControlPath(["contract"]))
        guard let name = name?.rawValue, !session.printsJSON else {
            return try session.show(answer, as: ContractAnswer.self)
        }
        let outcomes = try session.decode(answer, as: ContractAnswer.self).outcomes(of: name)
        guard !outcomes.isEmpty else {
            throw CommandFailure(description: "“\(name)” is no endpoint and no outcome")
        }
        try StandardOutput.write(line: Data(outcomes.map(\.text).joined(separator: "\n\n").utf8))
    }
}
