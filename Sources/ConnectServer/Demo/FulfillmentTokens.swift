import ConnectCore
import Synchronization

/// The fulfillment tokens that the storefront's backend keeps and shares between customers, one per application.
///
/// They are good for 24 hours. A backend need not count them: a 401 says when to get another.
final class FulfillmentTokens: Sendable {
    private let tokens = Mutex<[ClientID: String]>([:])

    subscript(clientID: ClientID) -> String? {
        get { tokens.withLock { $0[clientID] } }
        set { tokens.withLock { $0[clientID] = newValue } }
    }
}
