import ArgumentParser

/// Whether an Instacart user is an Instacart+ member, and for how long.
struct MembershipOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, exclusivity: .exclusive, help: "Whether they are an Instacart+ member.")
    var member: Bool?

    @Option(help: ArgumentHelp("How long they are one, such as P1Y.", valueName: "period"))
    var expiresIn: PeriodArgument?

    @Option(help: ArgumentHelp("When it ends, such as 2027-01-01T00:00:00Z.", valueName: "date"))
    var expiredAt: DateArgument?

    /// Whether any of them was given.
    var isGiven: Bool { member != nil || expiresIn != nil || expiredAt != nil }

    /// What is to change of a membership: no more than was given.
    var changes: InstacartUserFields {
        InstacartUserFields(isMember: member, expiredAt: expiredAt?.text, expiresIn: expiresIn?.text)
    }

    /// What a membership is to be: whose has an end is a member, unless it is said otherwise.
    var fields: InstacartUserFields {
        var fields = changes
        if expiresIn != nil || expiredAt != nil { fields.isMember = member ?? true }
        return fields
    }

    func validate() throws {
        if expiresIn != nil, expiredAt != nil {
            throw ValidationError("--expires-in and --expired-at exclude each other")
        }
    }
}
