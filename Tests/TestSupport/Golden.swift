import ConnectCore
package import ConnectServer
package import Foundation

/// A golden exchange of `fixtures/http`; the README there describes the format.
package struct Golden: Sendable {
    package struct Request: Decodable, Sendable {
        let method: String
        let path: String
        let headers: [String: String]?
        let json: JSONValue?
        let form: String?
        let text: String?
    }

    package struct Step: Decodable, Sendable {
        let request: Request
        let saves: [String: String]?
        let passes: String?
    }

    package struct Response: Decodable, Sendable {
        package let status: Int
        package let headers: [String: String]
        package let json: JSONValue?
    }

    /// `<folder>/<file>`, without the ending.
    package let name: String
    package let title: String
    /// What it rests on: `page`, `rfc` or `assumed`, and which or why.
    package let source: [String: String]
    package let outcome: String
    /// What the server is started with.
    package let settings: Settings
    package let before: [Step]
    package let passes: String?
    package let request: Request
    package let response: Response
}

extension Golden {
    /// The folder of all golden exchanges.
    package static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures/http")

    /// Reads them all.
    ///
    /// - Returns: The exchanges, by name.
    /// - Throws: Where one is not of the format, or uses a step that is not there.
    package static func all() throws -> [Golden] {
        let steps = try JSONDecoder().decode(
            [String: Step].self,
            from: Data(contentsOf: folder.appending(path: "steps.json"))
        )
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".json") && $0.contains("/") }.sorted().map { file in
            let data = try Data(contentsOf: folder.appending(path: file))
            return try Golden(
                name: String(file.dropLast(5)),
                try JSONDecoder().decode(Document.self, from: data),
                steps
            )
        }
    }

    /// The state that every exchange begins in.
    ///
    /// - Returns: The document's text.
    /// - Throws: Where it cannot be read.
    package static func state() throws -> String {
        try String(contentsOf: folder.appending(path: "state.yaml"), encoding: .utf8)
    }

    private init(name: String, _ document: Document, _ steps: [String: Step]) throws {
        self.name = name
        title = document.title
        source = document.source
        outcome = document.outcome
        let flags = (document.settings ?? [:]).map { name, values in
            guard let name = SettingName(rawValue: name) else { preconditionFailure("there is no setting \(name)") }
            return (name, values)
        }
        settings = try Settings(sources: [.flags(Dictionary(uniqueKeysWithValues: flags))])
        before = (document.before ?? []).map { entry in
            switch entry {
            case .step(let step): return step
            case .name(let name):
                guard let step = steps[name] else { preconditionFailure("there is no step \(name)") }
                return step
            }
        }
        passes = document.passes
        request = document.request
        response = document.response
    }

    private struct Document: Decodable {
        let title: String
        let source: [String: String]
        let outcome: String
        let settings: [String: [String]]?
        let before: [Entry]?
        let passes: String?
        let request: Request
        let response: Response
    }

    private enum Entry: Decodable {
        case name(String)
        case step(Step)

        init(from decoder: any Decoder) throws {
            if let name = try? decoder.singleValueContainer().decode(String.self) {
                self = .name(name)
            } else {
                self = .step(try Step(from: decoder))
            }
        }
    }
}

extension Golden {
    /// Replays it over a real socket.
    ///
    /// - Parameter sandbox: A live sandbox in the exchanges' state.
    /// - Returns: What the request was answered.
    /// - Throws: Where a step or the answer is not what the exchange can go on with.
    package func replay(against sandbox: Sandbox) async throws -> RawReply {
        var variables: [String: String] = [:]
        for step in before {
            sandbox.pass(step.passes)
            let reply = try await sandbox.send(step.request, variables)
            for (variable, field) in step.saves ?? [:] {
                guard let value = try JSONValue(parsing: Data(reply.body.utf8))[field]?.string else {
                    throw MissingField(key: field, reply: reply.body)
                }
                variables[variable] = value
            }
        }
        sandbox.pass(passes)
        return try await sandbox.send(request, variables)
    }
}

extension Sandbox {
    fileprivate func pass(_ duration: String?) {
        guard let duration else { return }
        guard let period = Period(duration) else { preconditionFailure("\(duration) is no duration") }
        environment.advance(period)
    }

    fileprivate func send(_ request: Golden.Request, _ variables: [String: String]) async throws -> RawReply {
        func filled(_ text: String) -> String {
            variables.reduce(text) { $0.replacing("{{\($1.key)}}", with: $1.value) }
        }
        var headers = (request.headers ?? [:]).map { ($0.key, filled($0.value)) }
        var body = request.form ?? request.text
        if let json = request.json {
            body = String(decoding: try JSONEncoder().encode(json), as: UTF8.self)
        }
        let implied = request.json != nil ? "application/json" : "application/x-www-form-urlencoded"
        let hasType = headers.contains { $0.0.lowercased() == "content-type" }
        if request.text == nil, body != nil, !hasType { headers.append(("Content-Type", implied)) }
        let text = try await raw(
            rawRequest(request.method, filled(request.path), headers: headers, body: body.map(filled))
        )
        guard let reply = RawReply(text) else { throw MissingField(key: "response", reply: text) }
        return reply
    }
}
