import ConnectServer
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite("Following an event stream")
struct EventSourceTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let end = "0\r\n\r\n"

    private static func chunk(_ text: String) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }

    @Test("a connection that is lost is tried again from the last event that came whole")
    func resumes() async throws {
        let script = [
            Self.head + Self.chunk("id: 1\ndata: a\n\nid: 2\nda") + Self.chunk("ta: b\n\nid: 3\ndata: c\n"),
            "",
            Self.head + Self.chunk("id: 3\ndata: c\n\n") + Self.end,
        ]
        let (news, requests) = try await follow(script)

        #expect(
            news == [
                .event(.init(data: "a")), .event(.init(data: "b")), .connectionLost(isResumable: true),
                .event(.init(data: "c")),
            ]
        )
        #expect(requests.map(\.lastEventID) == [nil, "2", "2"])
        #expect(requests.allSatisfy { $0.text.hasPrefix("GET /_sandbox/requests/stream?status=200 HTTP/1.1\r\n") })
        #expect(requests.allSatisfy { $0.text.contains("Accept: text/event-stream\r\n") })
    }

    @Test("it begins after the id that is given")
    func begins() async throws {
        let (news, requests) = try await follow([Self.head + Self.end], after: "41")

        #expect(news.isEmpty)
        #expect(requests.map(\.lastEventID) == ["41"])
    }

    @Test("where nothing had an id, it says that it cannot go on from anywhere")
    func unresumable() async throws {
        let (news, requests) = try await follow([Self.head + Self.chunk(": hello\n\n"), Self.head + Self.end])

        #expect(news == [.connectionLost(isResumable: false)])
        #expect(requests.map(\.lastEventID) == [nil, nil])
    }

    @Test("a refusal is thrown, at the first connection and at a later one")
    func refused() async throws {
        let body = #"{"error":{"code":"retailer_not_found","message":"No such retailer.","path":"/"}}"#
        let refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        for script in [[refusal], [Self.head, refusal]] {
            let error = try await #require(throws: ControlClientError.self) { try await follow(script) }
            #expect(error.description == "No such retailer.")
        }
    }

    @Test("an answer that is no event stream is thrown")
    func otherServer() async throws {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\ndata: a\n\n"
        let error = try await #require(throws: ControlClientError.self) { try await follow([page]) }
        guard case .unknownAnswer = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("it gives up where nobody answers: at once, or after its patience when it was connected")
    func gone() async throws {
        for script in [[""], [Self.head, ""]] {
            let error = try await #require(throws: ControlClientError.self) {
                try await follow(script, patience: .milliseconds(50))
            }
            guard case .noAnswer = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("what the receiver throws ends it")
    func receiver() async throws {
        struct Enough: Error {}
        await #expect(throws: Enough.self) {
            _ = try await follow([Self.head + Self.chunk("data: a\n\n"), Self.head + Self.end]) { throw Enough() }
        }
    }

    /// Follows a server that says one thing over each connection and closes it; the last one again and again.
    ///
    /// - Returns: What the follower heard, and what the server did.
    @discardableResult
    private func follow(
        _ script: [String],
        after lastEventID: String = "",
        patience: Duration = .seconds(30),
        then act: () throws -> Void = {}
    ) async throws -> (news: [EventSource.News], requests: [StreamRequest]) {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let port = try #require(server.channel.localAddress?.port)
        let address = try ServerAddress(url: "http://127.0.0.1:\(port)", environment: [:])
        let source = EventSource(
            client: ControlClient(server: address, token: nil),
            path: ControlPath(["requests", "stream"]).adding([(name: "status", value: "200")]),
            patience: patience,
            pause: .milliseconds(5)
        )
        let requests = StreamRequests()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.executeThenClose { connections in
                    for try await connection in connections {
                        try? await connection.executeThenClose { inbound, outbound in
                            var request = ByteBuffer()
                            for try await part in inbound {
                                request.writeImmutableBuffer(part)
                                if String(buffer: request).hasSuffix("\r\n\r\n") { break }
                            }
                            let count = requests.add(StreamRequest(text: String(buffer: request)))
                            let answer = script[min(count, script.count) - 1]
                            if !answer.isEmpty { try await outbound.write(ByteBuffer(string: answer)) }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            var news: [EventSource.News] = []
            try await source.follow(after: lastEventID) { piece in
                news.append(piece)
                try act()
            }
            return (news, requests.all)
        }
    }
}

/// A request as the server got it.
private struct StreamRequest {
    let text: String

    var lastEventID: Substring? {
        text.firstMatch(of: /Last-Event-ID: ([^\r]*)/)?.1
    }
}

/// The requests so far.
private final class StreamRequests: Sendable {
    private let requests = Mutex<[StreamRequest]>([])

    var all: [StreamRequest] { requests.withLock { $0 } }

    /// - Returns: How many there are with it.
    func add(_ request: StreamRequest) -> Int {
        requests.withLock { requests in
            requests.append(request)
            return requests.count
        }
    }
}
