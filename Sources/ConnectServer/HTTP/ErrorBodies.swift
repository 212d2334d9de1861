import ConnectCore

/// `{"error": {"message", "code"}, "meta": {"key"}}`.
struct ConnectErrorBody: Encodable {
    let error: ConnectError

    enum CodingKeys: String, CodingKey {
        case error
        case meta
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(MessageAndCode(error: error), forKey: .error)
        try container.encode(Meta(key: error.key), forKey: .meta)
    }

    /// `code` is written as null where there is none.
    private struct MessageAndCode: Encodable {
        let error: ConnectError

        enum CodingKeys: String, CodingKey {
            case message
            case code
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(error.message, forKey: .message)
            try container.encode(error.code, forKey: .code)
        }
    }
}

/// `{"error": {"message", "code": 9999, "errors": [ … ]}, "meta": {}}`.
struct ConnectErrorsBody: Encodable {
    let errors: [ConnectError]

    enum CodingKeys: String, CodingKey {
        case error
        case meta
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Wrapper(errors: errors.map(ConnectErrorBody.init)), forKey: .error)
        try container.encode(Meta(key: nil), forKey: .meta)
    }

    private struct Wrapper: Encodable {
        let message = ConnectError.multiple.message
        let code = ConnectError.multiple.code
        let errors: [ConnectErrorBody]
    }
}

/// The field at fault; empty where there is none.
private struct Meta: Encodable {
    let key: String?
}

/// `{"error", "error_description"}`.
struct OAuthErrorBody: Encodable {
    let error: String
    let description: String

    init(_ error: OAuthError) {
        self.error = error.error
        description = error.description
    }

    enum CodingKeys: String, CodingKey {
        case error
        case description = "error_description"
    }
}

/// `{"error": {"code", "message", "path"}}`, the error of the sandbox's own routes.
struct ControlErrorBody: Codable {
    struct Details: Codable {
        let code: String
        let message: String
        let path: String
    }

    let error: Details
}
