/// A strictness that can be given up by name.
///
/// What is in force is printed at start.
package enum Relaxation: String, CaseIterable, Sendable {
    /// `POST /v2/oauth/*` takes the client's credentials from HTTP Basic authentication too.
    case clientAuthBasic = "client-auth-basic"

    /// What it allows, as a line of the banner.
    package var explanation: String {
        switch self {
        case .clientAuthBasic: "HTTP Basic client authentication is accepted"
        }
    }
}
