import Hummingbird

/// What a request carries from middleware to handler.
struct SandboxContext: RequestContext {
    /// The largest body that is read: 1 MiB.
    static let maximumBodySize = 1_048_576

    var coreContext: CoreRequestContextStorage
    /// Of a request that is recorded.
    var trace: RequestTrace?

    init(source: Source) {
        coreContext = .init(source: source)
    }

    var maxUploadSize: Int { Self.maximumBodySize }
}
