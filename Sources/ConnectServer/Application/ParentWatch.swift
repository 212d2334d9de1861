package import Foundation
import Logging
import ServiceLifecycle

/// A process of this machine.
package struct ProcessID: Equatable, Sendable {
    private let number: pid_t

    package init(number: pid_t) {
        self.number = number
    }

    /// The process that started this one; once that has ended, the one that has taken it over.
    package static var parent: ProcessID { ProcessID(number: getppid()) }
    /// The one that takes over whose parent has ended; in a container it may have started others itself.
    package static let first = ProcessID(number: 1)
    /// The parent when this was first asked for, which is where the command begins.
    package static let starter = parent
}

/// Ends a server when the process that started it has ended: a test suite that crashed, say.
///
/// It looks again and again. The kernel could tell (`prctl(2)`, `PR_SET_PDEATHSIG`), but does when the thread that
/// started the server ends, which a test suite's may do long before the suite.
struct ParentWatch: Service {
    private static let pause = Duration.milliseconds(100)

    let parent: ProcessID
    let logger: Logger

    func run() async throws {
        if parent == .first {
            logger.warning("the process that started the server is the first of all, or has ended (--exit-with-parent)")
        }
        await cancelWhenGracefulShutdown {
            while ProcessID.parent == parent {
                guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
            }
            logger.notice("stopping: the process that started the server has ended (--exit-with-parent)")
        }
    }
}
