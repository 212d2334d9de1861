import Synchronization

/// The base of every address that is shown to people and programs.
///
/// Without a setting it is `http://localhost` with the port that was bound, which is known only once it is.
final class PublicURL: Sendable {
    private let current: Mutex<String>
    private let isSet: Bool

    init(_ settings: Settings) {
        isSet = settings.publicURL != nil
        current = Mutex(settings.publicURL ?? "http://localhost:\(settings.port)")
    }

    var value: String { current.withLock { $0 } }

    func bind(to port: Int) {
        if !isSet { current.withLock { $0 = "http://localhost:\(port)" } }
    }
}
