import ConnectCore
import Testing

/// The refusal that a request is answered with; nil where it is granted.
///
/// Any other error fails the test.
func refused<Value>(_ request: () async throws -> Value) async -> Refusal? {
    do {
        _ = try await request()
        return nil
    } catch let refusal as Refusal {
        return refusal
    } catch {
        Issue.record(error)
        return nil
    }
}
