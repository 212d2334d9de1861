package import HTTPTypes

/// What a test suite does with the control API.
extension Sandbox {
    /// Sends a request to the control API, its path without `/_sandbox`.
    package func control(
        _ method: HTTPRequest.Method,
        _ path: String,
        json: JSONValue? = nil,
        yaml: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Reply {
        let type = yaml == nil ? [:] : ["Content-Type": StateFormat.yaml.rawValue]
        return try await send(
            method,
            "/_sandbox\(path)",
            headers: type.merging(headers) { _, given in given },
            json: json,
            text: yaml
        )
    }

    /// Makes a retailer, from a state document in YAML or JSON where one is given.
    package func createRetailer(_ document: String? = nil) async throws -> TestRetailer {
        let reply = try await control(.post, "/retailers", yaml: document).succeeded()
        return TestRetailer(
            id: try reply.string("id"),
            application: TestApplication(
                clientID: try reply.string("client_id"),
                clientSecret: try reply.string("client_secret")
            ),
            authorizationURL: try reply.string("authorization_url")
        )
    }

    /// The state document of a retailer, to the letter.
    package func state(
        of retailer: String = "demo",
        as format: StateFormat = .json,
        tokens: Bool = false
    ) async throws -> String {
        try await control(
            .get,
            "/retailers/\(retailer)/state\(tokens ? "?tokens=true" : "")",
            headers: ["Accept": format.rawValue]
        ).succeeded().text
    }

    /// The state document of every retailer, codes and tokens included: what a refused request must not change.
    package func wholeState() async throws -> String {
        try await control(.get, "/state?tokens=true").succeeded().text
    }

    package func putState(
        _ document: String,
        of retailer: String = "demo",
        as format: StateFormat = .yaml,
        tokens: Bool = false
    ) async throws -> Reply {
        try await send(
            .put,
            "/_sandbox/retailers/\(retailer)/state\(tokens ? "?tokens=true" : "")",
            headers: ["Content-Type": format.rawValue],
            text: document
        )
    }

    /// Moves a retailer's clock on by an ISO 8601 duration.
    package func advance(_ retailer: String = "demo", by duration: String) async throws {
        try await control(.post, "/retailers/\(retailer)/clock/advance", json: ["by": .string(duration)]).succeeded()
    }

    /// Sets, freezes or resumes a retailer's clock.
    package func setClock(_ fields: JSONValue, of retailer: String = "demo") async throws {
        try await control(.patch, "/retailers/\(retailer)/clock", json: fields).succeeded()
    }

    package func clock(of retailer: String = "demo") async throws -> JSONValue {
        try await control(.get, "/retailers/\(retailer)/clock").succeeded().json
    }
}
