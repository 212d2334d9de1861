import ArgumentParser
import ConnectServer
import Foundation

@main
enum EntryPoint {
    /// Runs the command beside the main thread, which waits.
    ///
    /// An `async` main would end that thread, for which glibc loads libgcc_s (`pthread_exit(3)`): a library that the
    /// executable does not otherwise need, and that an image without packages does not have.
    static func main() {
        // Before anything takes its time, in which the process that started this one may end.
        _ = ProcessID.starter
        openStandardStreams()
        endOnSignals()
        Task.detached {
            await ConnectSandbox.main()
            exit(0)
        }
        while true { pause() }
    }

    /// Lets signals end the first process of a container, whom they do not end by themselves.
    ///
    /// The server has handlers of its own once it runs.
    private static func endOnSignals() {
        guard getpid() == 1 else { return }
        for number in [SIGTERM, SIGINT] { signal(number) { _exit(128 + $0) } }
    }

    /// Opens what a caller has closed: the next file or socket would take its number, and what is printed go there.
    private static func openStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", O_RDWR)
        }
    }
}
