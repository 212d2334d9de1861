import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// An event stream of the control API, followed over as many connections as it takes.
package struct EventSource: Sendable {
    package enum News: Equatable, Sendable {
        case event(EventStream.Event)
        /// The connection is lost, and another one is tried.
        ///
        /// Where no event had an id before, the server cannot say what happens in between.
        case connectionLost(isResumable: Bool)
    }

    /// How the reading over one connection ended.
    private enum Ending {
        /// The server ended the stream.
        case finished
        case lost(wasOpen: Bool)
        case failed(any Error)
    }

    /// The server says something every 15 seconds.
    private static let longestSilence = TimeAmount.seconds(45)

    private let client: ControlClient
    private let path: ControlPath
    private let patience: Duration
    private let pause: Duration

    /// - Parameters:
    ///   - client: The server.
    ///   - path: The stream.
    ///   - patience: How long a connection that is lost is tried again.
    ///   - pause: How long to wait before each try.
    package init(
        client: ControlClient,
        path: ControlPath,
        patience: Duration = .seconds(30),
        pause: Duration = .milliseconds(500)
    ) {
        self.client = client
        self.path = path
        self.patience = patience
        self.pause = pause
    }

    /// Follows the stream until the server ends it.
    ///
    /// - Parameters:
    ///   - lastEventID: What to go on from; empty for what comes from now on.
    ///   - receive: Takes what there is, in order.
    /// - Throws: ``ControlClientError`` where the server refuses, or does not answer any more; what `receive` throws.
    package func follow(after lastEventID: String = "", _ receive: (News) throws -> Void) async throws {
        var lastEventID = lastEventID
        var deadline: ContinuousClock.Instant?
        while true {
            var stream = EventStream(after: lastEventID)
            let ending = await read(&stream, receive)
            lastEventID = stream.lastEventID
            switch ending {
            case .finished:
                return
            case .failed(let error):
                throw error
            case .lost(wasOpen: true):
                deadline = .now.advanced(by: patience)
                try receive(.connectionLost(isResumable: !lastEventID.isEmpty))
            case .lost(wasOpen: false):
                guard let deadline, .now < deadline else { throw ControlClientError.noAnswer(client.server) }
            }
            try await Task.sleep(for: pause)
        }
    }

    private func read(_ stream: inout EventStream, _ receive: (News) throws -> Void) async -> Ending {
        var isOpen = false
        do {
            return try await exchange.send(request(after: stream.lastEventID)) { parts in
                var status = HTTPResponseStatus.ok
                var body = ByteBuffer()
                for try await part in parts {
                    switch part {
                    case .head(let head):
                        status = head.status
                        isOpen = status == .ok && head.headers.first(name: "Content-Type").isEventStream
                    case .body(let bytes) where isOpen:
                        for event in stream.events(in: bytes.readableBytesView) {
                            // What the receiver throws is no fault of the connection.
                            do { try receive(.event(event)) } catch { return .failed(error) }
                        }
                    case .body(let bytes):
                        body.writeImmutableBuffer(bytes)
                    case .end where isOpen:
                        return .finished
                    case .end:
                        return .failed(client.refusal(status: status, body: Data(buffer: body)))
                    }
                }
                return .lost(wasOpen: isOpen)
            }
        } catch {
            return .lost(wasOpen: isOpen)
        }
    }

    private var exchange: HTTPExchange {
        client.exchange(readTimeout: Self.longestSilence)
    }

    private func request(after lastEventID: String) -> HTTPExchange.Request {
        var request = client.request(.get, path)
        request.headers.replaceOrAdd(name: "Accept", value: "text/event-stream")
        if !lastEventID.isEmpty { request.headers.add(name: "Last-Event-ID", value: lastEventID) }
        return request
    }
}

extension String? {
    /// Whether this is the content type of an event stream.
    fileprivate var isEventStream: Bool {
        self?.lowercased().hasPrefix("text/event-stream") == true
    }
}
