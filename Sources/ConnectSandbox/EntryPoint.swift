import ArgumentParser
import Foundation

@main
enum EntryPoint {
    /// Runs the command beside the main thread, which waits.
    ///
    /// An `async` main would end that thread, for which glibc loads libgcc_s (`pthread_exit(3)`): a library that the
    /// executable does not otherwise need, and that an image without packages does not have.
    static func main() {
        Task.detached {
            await ConnectSandbox.main()
            exit(0)
        }
        while true { pause() }
    }
}
