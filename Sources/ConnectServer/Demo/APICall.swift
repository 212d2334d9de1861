/// A call of the storefront's backend, as the panel of a page lists it.
///
/// Neither headers nor bodies are kept: they hold tokens, codes and the secret.
struct APICall: Equatable, Sendable {
    let method: String
    let path: String
    let status: String
    let outcome: String
    let reason: String
}

/// Calls that were made for one purpose.
struct APICallGroup: Sendable {
    let purpose: String
    let calls: [APICall]
}
