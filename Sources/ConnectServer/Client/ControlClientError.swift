package import Foundation

/// Why the control API did not do what it was asked.
///
/// Its description is one sentence; that of a refusal is the server's own.
package enum ControlClientError: Error, Equatable, CustomStringConvertible {
    /// Nobody answers, or what answers breaks off.
    case noAnswer(ServerAddress)
    /// The server answered with an error, in a body that may say more.
    case refused(code: String, message: String, body: Data)
    /// What came is nothing that the control API answers.
    case unknownAnswer(ServerAddress, status: UInt)

    package var description: String {
        switch self {
        case .noAnswer(let server):
            "\(server) does not answer; is the server running? Start it with connect-sandbox serve, or name it with "
                + "--url"
        case .refused(_, let message, _):
            message
        case .unknownAnswer(let server, let status):
            "\(server) answers \(status), but not as this version's control API does; is it another server?"
        }
    }
}
