/// An assumption of the catalogue that can be turned: where Instacart's pages are silent, another answer is as likely.
package enum Assumption: String, CaseIterable, Sendable {
    /// A lone error of a field is answered in the form of several, code 9999.
    ///
    /// A fixture of a sister API shows it so; which failures are wrapped is not documented.
    case loneErrorListed = "lone-error-listed"
    /// Linking two that are linked to each other already is refused.
    case relinkRefused = "relink-refused"
    /// Who allowed an application once is not asked again, as Doorkeeper has it.
    case consentRemembered = "consent-remembered"
    /// Names are answered capitalised, as one of Instacart's samples shows them.
    case namesCapitalized = "names-capitalized"

    /// What turning it brings, as a line of the banner.
    package var explanation: String {
        switch self {
        case .loneErrorListed: "a lone error of a field is answered in the form of several, code 9999"
        case .relinkRefused: "linking the same pair again is refused"
        case .consentRemembered: "consent is skipped where it was given before"
        case .namesCapitalized: "names are answered capitalised"
        }
    }
}

/// What is chosen where Instacart's pages leave a choice.
package struct Choices: Equatable, Sendable {
    /// Those that are turned.
    package var assumptions: Set<Assumption>
    /// How long an authorization code may be redeemed, in seconds.
    ///
    /// Undocumented; 600 is Doorkeeper's default, and RFC 6749's upper bound.
    package var codeLifetime: Int64
    /// How long an access token lasts, in seconds, whatever the grant.
    ///
    /// 86,400 is documented (/connect/api/access_tokens).
    package var tokenLifetime: Int64

    package init(
        assumptions: Set<Assumption> = [],
        codeLifetime: Int64 = 600,
        tokenLifetime: Int64 = 86_400
    ) {
        self.assumptions = assumptions
        self.codeLifetime = codeLifetime
        self.tokenLifetime = tokenLifetime
    }
}
