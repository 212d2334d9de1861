import ConnectCore
import Foundation
import Testing

@Suite("Outcome catalogue")
struct CatalogueTests {
    @Test("no two outcomes have one key")
    func unique() {
        let keys = Outcome.catalogue.map(\.key)

        #expect(Set(keys).count == keys.count)
    }

    @Test("a key is the endpoint's name, or any, and a reason in snake case", arguments: Outcome.catalogue)
    func key(_ outcome: Outcome) {
        let parts = outcome.key.split(separator: ".", omittingEmptySubsequences: false)
        let reason = parts.last.map(String.init) ?? ""
        let isSnakeCase = reason.wholeMatch(of: #/[a-z][a-z0-9]*(_[a-z0-9]+)*/#) != nil

        #expect(parts.count == 2)
        #expect(parts.first.map(String.init) == outcome.endpoint?.name ?? "any")
        #expect(isSnakeCase)
    }

    @Test("an endpoint has its own outcomes only, successes first and one called success", arguments: Endpoint.allCases)
    func endpoint(_ endpoint: Endpoint) {
        let outcomes = Outcome.outcomes(of: endpoint)

        #expect(outcomes.first?.key == "\(endpoint.name).success")
        #expect(outcomes.allSatisfy { $0.endpoint == endpoint })
        #expect(outcomes.drop(while: \.isSuccess).allSatisfy { !$0.isSuccess })
        #expect(outcomes.contains { !$0.isSuccess })
    }

    @Test("the catalogue is every endpoint's outcomes and the shared ones")
    func complete() {
        let shared = Outcome.catalogue.filter { $0.endpoint == nil }

        #expect(Outcome.catalogue == Endpoint.allCases.flatMap { Outcome.outcomes(of: $0) } + shared)
        #expect(
            shared.map(\.key) == [
                "any.missing_token", "any.invalid_token", "any.expired_token", "any.revoked_token",
                "any.insufficient_scope", "any.malformed_body", "any.body_too_large", "any.not_found",
                "any.request_timeout", "any.rate_limited", "any.internal_error", "any.unavailable",
            ]
        )
    }

    @Test("a success or a page is 200, a redirect 302 or 303, a refusal 4xx or 5xx", arguments: Outcome.catalogue)
    func status(_ outcome: Outcome) {
        switch outcome.answer {
        case .success, .page: #expect(outcome.status == 200)
        case .redirect: #expect([302, 303].contains(outcome.status))
        default: #expect((400...599).contains(outcome.status))
        }
    }

    @Test("the example of a success is a JSON object", arguments: Outcome.catalogue.filter(\.isSuccess))
    func example(_ outcome: Outcome) throws {
        guard outcome.endpoint?.family != .browser else { return }
        guard case .success(let example) = outcome.answer else {
            Issue.record("a success without an example")
            return
        }

        #expect(try JSONSerialization.jsonObject(with: Data(example.utf8)) is [String: Any])
        #expect(example.contains("\n") == false)
    }

    @Test("an error has the shape of its endpoint's family", arguments: Outcome.catalogue)
    func shape(_ outcome: Outcome) {
        let fits =
            switch (outcome.answer, outcome.endpoint?.family) {
            case (.success, .some(.oauth)), (.success, .some(.connect)): true
            case (.page, .some(.browser)), (.redirect, .some(.browser)), (.errorPage, .some(.browser)): true
            case (.oauthError, .some(.oauth)): true
            case (.connectError, .some(.connect)), (.connectErrors, .some(.connect)): true
            case (.connectError, .none), (.eitherError, .none): true
            default: false
            }

        #expect(fits)
    }

    @Test("a documented outcome names a page, an assumed one its basis", arguments: Outcome.catalogue)
    func provenance(_ outcome: Outcome) {
        switch outcome.provenance {
        case .documented(let page):
            let isPage = page.wholeMatch(of: #/\/(connect|developer_dashboard)\/[a-z0-9_\/+\-]+/#) != nil
            #expect(isPage)
        case .assumed(let basis, _):
            #expect(basis.isBlank == false)
            #expect(basis.hasSuffix("."))
        }
    }

    @Test("a cause is a sentence", arguments: Outcome.catalogue)
    func cause(_ outcome: Outcome) {
        #expect(outcome.cause.first?.isUppercase == true)
        #expect(outcome.cause.hasSuffix("."))
        #expect(outcome.cause.contains("\n") == false)
    }

    struct ConnectRow: Sendable {
        let outcome: Outcome
        let status: Int
        let error: ConnectError
    }

    static let connectRows: [ConnectRow] = [
        ConnectRow(
            outcome: Outcome.LinkUser.userNotFound,
            status: 400,
            error: ConnectError("User Not Found", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.LinkUser.linkingTokenInvalid,
            status: 400,
            error: ConnectError("Linking token is invalid", code: 1001, key: "linking_token")
        ),
        ConnectRow(
            outcome: Outcome.LinkUser.linkingTokenBlank,
            status: 400,
            error: ConnectError("can't be blank", code: 1001, key: "linking_token")
        ),
        ConnectRow(
            outcome: Outcome.LinkUser.instacartUserAlreadyLinked,
            status: 400,
            error: ConnectError(
                "Validation failed: Common identities can only have one user per isolation context",
                code: 1001,
                key: "linking_token"
            )
        ),
        ConnectRow(
            outcome: Outcome.LinkUser.userNotActive,
            status: 403,
            error: ConnectError("User Not Active", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.GetUserLink.userNotFound,
            status: 400,
            error: ConnectError("User Not Found", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.GetUserLink.userNotLinked,
            status: 400,
            error: ConnectError("User Not Linked", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.GetUserLink.userNotActive,
            status: 403,
            error: ConnectError("User Not Active", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.CreateUser.userIDTaken,
            status: 400,
            error: ConnectError("has already been taken", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.CreateUser.lastNameInvalid,
            status: 400,
            error: ConnectError("is invalid", code: 1001, key: "last_name")
        ),
        ConnectRow(
            outcome: Outcome.CreateUserDeletionRequest.userNotFound,
            status: 400,
            error: ConnectError("User Not Found", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.CreateInstacartUser.emailTaken,
            status: 400,
            error: ConnectError("An account already exists with this email", code: 1001, key: "email")
        ),
        ConnectRow(
            outcome: Outcome.CreateInstacartUser.emailInvalid,
            status: 400,
            error: ConnectError("Invalid email", code: 1001, key: "email")
        ),
        ConnectRow(
            outcome: Outcome.AuthorizeInstacartUser.userIDInvalid,
            status: 400,
            error: ConnectError("Invalid user_id", code: 1001, key: "user_id")
        ),
        ConnectRow(
            outcome: Outcome.AuthorizeInstacartUser.codeChallengeMethodInvalid,
            status: 400,
            error: ConnectError("is invalid", code: 1001, key: "code_challenge_method")
        ),
        ConnectRow(
            outcome: Outcome.Shared.missingToken,
            status: 401,
            error: ConnectError("The access token is invalid", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.Shared.invalidToken,
            status: 401,
            error: ConnectError("The access token is invalid", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.Shared.expiredToken,
            status: 401,
            error: ConnectError("The access token expired", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.Shared.revokedToken,
            status: 401,
            error: ConnectError("The access token was revoked", code: nil)
        ),
        ConnectRow(
            outcome: Outcome.Shared.insufficientScope,
            status: 403,
            error: ConnectError(#"Access to this resource requires scope "connect:fulfillment"."#, code: nil)
        ),
    ]

    @Test("a Connect error has the documented status, message, code and key", arguments: Self.connectRows)
    func connect(_ row: ConnectRow) {
        #expect(row.outcome.status == row.status)
        #expect(row.outcome.answer == .connectError(row.error))
    }

    struct OAuthRow: Sendable {
        let outcomes: [Outcome]
        let status: Int
        let error: OAuthError
    }

    private typealias Token = Outcome.GenerateAccessToken
    private typealias Revoke = Outcome.RevokeAccessToken

    static let oauthRows: [OAuthRow] = [
        OAuthRow(
            outcomes: [Token.queryParamsForbidden, Revoke.queryParamsForbidden],
            status: 403,
            error: OAuthError(
                "query_params_forbidden",
                """
                Providing OAuth credentials as query parameters may cause them to be compromised. \
                Please reach out to Instacart's security team and have the credentials rotated.
                """
            )
        ),
        OAuthRow(
            outcomes: [
                Token.invalidGrant, Token.redirectURIMismatch, Token.expiredCode, Token.replayedCode,
                Token.codeOfAnotherClient, Token.codeVerifierMismatch, Token.unexpectedCodeVerifier,
                Token.invalidRefreshToken, Token.invalidAssertion,
            ],
            status: 400,
            error: OAuthError(
                "invalid_grant",
                "Assertion is not provided or invalid assertion provided for the grant_type."
            )
        ),
        OAuthRow(
            outcomes: [Token.invalidClient, Token.disabledClient, Token.basicClient],
            status: 401,
            error: OAuthError(
                "invalid_client",
                """
                Client authentication failed due to unknown client, no client authentication included, \
                or unsupported authentication method.
                """
            )
        ),
        OAuthRow(
            outcomes: [Token.missingGrantType],
            status: 400,
            error: OAuthError("invalid_request", "Missing required parameter: grant_type.")
        ),
        OAuthRow(
            outcomes: [Token.missingCodeVerifier],
            status: 400,
            error: OAuthError("invalid_request", "Missing required parameter: code_verifier.")
        ),
        OAuthRow(
            outcomes: [Token.unsupportedGrantType],
            status: 400,
            error: OAuthError(
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server."
            )
        ),
        OAuthRow(
            outcomes: [Token.invalidScope],
            status: 400,
            error: OAuthError("invalid_scope", "The requested scope is invalid, unknown, or malformed.")
        ),
        OAuthRow(
            outcomes: [Revoke.unauthorizedClient, Revoke.unauthenticatedClient],
            status: 403,
            error: OAuthError("unauthorized_client", "You are not authorized to revoke this token")
        ),
    ]

    @Test("an OAuth error has the documented status, error and description", arguments: Self.oauthRows)
    func oauth(_ row: OAuthRow) {
        for outcome in row.outcomes {
            #expect(outcome.status == row.status)
            #expect(outcome.answer == .oauthError(row.error))
        }
    }

    struct EitherRow: Sendable {
        let outcome: Outcome
        let status: Int
        let message: String
        let code: Int
        let oauth: String
    }

    static let eitherRows: [EitherRow] = [
        EitherRow(
            outcome: Outcome.Shared.malformedBody,
            status: 400,
            message: "Invalid request body",
            code: 4001,
            oauth: "invalid_request"
        ),
        EitherRow(
            outcome: Outcome.Shared.notFound,
            status: 404,
            message: "Resource not found",
            code: 4000,
            oauth: "invalid_request"
        ),
        EitherRow(
            outcome: Outcome.Shared.internalError,
            status: 500,
            message: "Sorry, an unexpected error occurred. Our team has been notified. Please try again later.",
            code: 5000,
            oauth: "server_error"
        ),
    ]

    @Test("a shared error has a shape for either family", arguments: Self.eitherRows)
    func either(_ row: EitherRow) {
        guard case .eitherError(let connect, let oauth) = row.outcome.answer else {
            Issue.record("an error of one family only")
            return
        }

        #expect(row.outcome.status == row.status)
        #expect(connect == ConnectError(row.message, code: row.code))
        #expect(oauth.error == row.oauth)
    }

    @Test("two or more errors are wrapped in one message and code 9999")
    func multiple() {
        #expect(ConnectError.multiple == ConnectError("There were issues with your request", code: 9999))
        #expect(Outcome.CreateUser.multipleErrors.answer == .connectErrors)
        #expect(Outcome.CreateUser.multipleErrors.status == 400)
    }
}
