import ConnectServer
import Testing

@Suite("The server that a command asks")
struct ServerAddressTests {
    static let environments: [([String: String], String)] = [
        ([:], "http://127.0.0.1:4600"), (["CONNECT_SANDBOX_PORT": "5000"], "http://127.0.0.1:5000"),
        (["CONNECT_SANDBOX_HOST": "0.0.0.0", "CONNECT_SANDBOX_PORT": ""], "http://127.0.0.1:4600"),
        (["CONNECT_SANDBOX_HOST": "::"], "http://[::1]:4600"),
        (["CONNECT_SANDBOX_HOST": "sandbox"], "http://sandbox:4600"),
        (["CONNECT_SANDBOX_URL": "http://a:5001", "CONNECT_SANDBOX_PORT": "0"], "http://a:5001"),
        // What is none of its business is for the server to refuse.
        (["CONNECT_SANDBOX_RATE_LIMIT": "none", "CONNECT_SANDBOX_SEED": "x"], "http://127.0.0.1:4600"),
    ]

    @Test("is where the server's own settings say, which are read no further than that", arguments: environments)
    func environment(_ variables: [String: String], _ address: String) throws {
        #expect(try ServerAddress(url: nil, environment: variables).description == address)
    }

    @Test("is not known where the server picks its port, unless an address is given")
    func freePort() throws {
        let variables = ["CONNECT_SANDBOX_PORT": "0", "CONNECT_SANDBOX_PORT_FILE": "port"]
        let error = try #require(throws: SettingError.self) { try ServerAddress(url: nil, environment: variables) }
        #expect(error.description.hasPrefix("CONNECT_SANDBOX_PORT: "))
        #expect(error.description.contains("--url"))
        let given = try ServerAddress(url: "http://127.0.0.1:5000", environment: variables)
        #expect(given.description == "http://127.0.0.1:5000")
    }

    @Test("is refused where its port is none, by the name of the variable")
    func badPort() throws {
        let error = try #require(throws: SettingError.self) {
            try ServerAddress(url: nil, environment: ["CONNECT_SANDBOX_PORT": "http"])
        }
        #expect(error.description == "CONNECT_SANDBOX_PORT: “http” is not a port from 0 to 65535")
    }

    @Test(
        "is refused where more is given than host and port, or a port that none listens on",
        arguments: [
            "http://a:1/sandbox", "http://a:1?b=c", "http://a:1/#b", "http://a:0", "http://a:99999", "https://a:1",
            "http://a:", "http://a:/",
            "a:1",
        ]
    )
    func badAddress(_ text: String) throws {
        for (url, variables, label) in [
            (text, [:], "--url"), (nil, ["CONNECT_SANDBOX_URL": text], "CONNECT_SANDBOX_URL"),
        ] as [(String?, [String: String], String)] {
            let error = try #require(throws: SettingError.self) { try ServerAddress(url: url, environment: variables) }
            #expect(error.description.hasPrefix("\(label): “\(text)” "))
        }
    }

    @Test("is refused with a user name, and the password is not shown")
    func userInformation() throws {
        let error = try #require(throws: SettingError.self) {
            try ServerAddress(url: "http://jane:secret@a:1", environment: [:])
        }
        #expect(error.description.hasPrefix("--url: "))
        #expect(!error.description.contains("secret"))
    }

    @Test("has a scheme in any case and may end with a slash")
    func scheme() throws {
        #expect(try ServerAddress(url: "HTTP://a:1/", environment: [:]).description == "http://a:1")
    }
}
