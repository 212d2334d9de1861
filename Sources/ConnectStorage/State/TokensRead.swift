import ConnectCore

/// The codes and tokens of a document, checked against its applications and users.
struct TokensRead {
    private(set) var state = RetailerState.TokenState()
    /// Nil where the retailer keeps the applications that it has: then only it knows them.
    private let clientIDs: Set<ClientID>?
    private let connectUserIDs: Set<UserID>
    private let instacartUserIDs: Set<InstacartUserID>
    private var values: Set<String> = []
    private var codes: Set<String> = []

    /// Nil where the document says nothing of either.
    init?(
        codes: DocumentNode?,
        accessTokens: DocumentNode?,
        clientIDs: Set<ClientID>?,
        connectUserIDs: Set<UserID>,
        instacartUserIDs: Set<InstacartUserID>
    ) throws(StateDocumentError) {
        guard codes != nil || accessTokens != nil else { return nil }
        self.clientIDs = clientIDs
        self.connectUserIDs = connectUserIDs
        self.instacartUserIDs = instacartUserIDs
        for node in try codes?.elements() ?? [] { try readCode(node) }
        for node in try accessTokens?.elements() ?? [] { try readToken(node) }
    }

    private mutating func readCode(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields([
            "code", "client_id", "instacart_user_id", "redirect_uri", "scopes", "code_challenge",
            "code_challenge_method", "expires_at", "redeemed_at",
        ])
        let value = try node.required("code", in: fields).text()
        if !codes.insert(value).inserted { throw node.error("repeats a code") }
        let challenge: CodeChallenge?
        switch (fields["code_challenge"], fields["code_challenge_method"]) {
        case (nil, nil): challenge = nil
        case (let value?, let method?):
            challenge = CodeChallenge(
                value: try value.text(),
                method: try method.value("plain or S256", CodeChallenge.Method.init(rawValue:))
            )
        default: throw node.error("must have both code_challenge and code_challenge_method, or neither")
        }
        state.codes.append(
            AuthorizationCode(
                value: value,
                clientID: try knownClient(node.required("client_id", in: fields)),
                instacartUserID: try knownUser(node.required("instacart_user_id", in: fields)),
                redirectURI: try node.required("redirect_uri", in: fields).text(),
                scopes: try node.required("scopes", in: fields).scopes(),
                challenge: challenge,
                expiresAt: try node.required("expires_at", in: fields).instant(),
                redeemedAt: try fields["redeemed_at"]?.instant()
            )
        )
    }

    private mutating func readToken(_ node: DocumentNode) throws(StateDocumentError) {
        let fields = try node.fields([
            "token", "refresh_token", "client_id", "scopes", "user_id", "instacart_user_id", "code", "created_at",
            "expires_at", "revoked_at",
        ])
        let value = try node.required("token", in: fields).text()
        let refreshToken = try fields["refresh_token"]?.text()
        for text in [value, refreshToken].compactMap({ $0 }) where !values.insert(text).inserted {
            throw node.error("repeats a token")
        }
        let code = try fields["code"]?.text()
        if let code, !codes.contains(code) {
            throw node.error("came of a code that the document does not have")
        }
        let token = AccessToken(
            value: value,
            refreshToken: refreshToken,
            clientID: try knownClient(node.required("client_id", in: fields)),
            scopes: try node.required("scopes", in: fields).scopes(),
            subject: try subject(of: node, fields),
            createdAt: try node.required("created_at", in: fields).instant(),
            expiresAt: try node.required("expires_at", in: fields).instant(),
            revokedAt: try fields["revoked_at"]?.instant()
        )
        guard token.createdAt < token.expiresAt else { throw node.error("must expire after it was created") }
        state.accessTokens.append(RetailerState.IssuedToken(token: token, code: code))
    }

    private func subject(
        of node: DocumentNode,
        _ fields: [String: DocumentNode]
    ) throws(StateDocumentError) -> AccessToken.Subject {
        switch (fields["user_id"], fields["instacart_user_id"]) {
        case (nil, nil): return .application
        case (let user?, nil):
            let id = UserID(rawValue: try user.text())
            guard connectUserIDs.contains(id) else {
                throw user.error("names the Connect user \(id.rawValue), whom the document does not have")
            }
            return .connectUser(id)
        case (nil, let user?): return .instacartUser(try knownUser(user))
        case (.some, .some): throw node.error("must have either user_id or instacart_user_id")
        }
    }

    private func knownClient(_ node: DocumentNode) throws(StateDocumentError) -> ClientID {
        let id = try node.clientID()
        if let clientIDs, !clientIDs.contains(id) {
            throw node.error("names the application \(id.rawValue), which the document does not have")
        }
        return id
    }

    private func knownUser(_ node: DocumentNode) throws(StateDocumentError) -> InstacartUserID {
        let id = try node.instacartUserID()
        guard instacartUserIDs.contains(id) else {
            throw node.error("names the Instacart user \(id.rawValue), whom the document does not have")
        }
        return id
    }
}
