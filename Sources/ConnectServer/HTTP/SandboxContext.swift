import Hummingbird

/// What a request carries from middleware to handler.
struct SandboxContext: RequestContext {
    /// The largest body that is read: 1 MiB.
    static let maximumBodySize = 1_048_576

    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        coreContext = .init(source: source)
    }

    var maxUploadSize: Int { Self.maximumBodySize }
}
