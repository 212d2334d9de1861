import ConnectCore
import ConnectStorage
import Foundation
import TestSupport
import Testing

@Suite("Connect users in the database")
struct ConnectUserTests {
    let world = TestEnvironment()

    @Test("a new Connect user is answered as it was asked for, and is not linked")
    func create() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let user = try await database.createUser(
            .success(
                RequestFields([
                    "user_id": .string("anna@example.com"), "first_name": .string("Anna"), "last_name": .string("A"),
                    "phone_number": .string("800-555-0104"), "locale": .string("fr-CA"),
                ])
            ),
            bearer: database.bearer()
        )

        #expect(
            user
                == ConnectUser(
                    userID: UserID(rawValue: "anna@example.com"),
                    firstName: "Anna",
                    lastName: "A",
                    phoneNumber: "800-555-0104",
                    locale: "fr-CA",
                    isActive: true
                )
        )
        #expect(
            await refused { try await database.status(of: "anna@example.com") }?.outcome
                == Outcome.GetUserLink.userNotLinked
        )
    }

    @Test("a user_id is taken once, an inactive user's too", arguments: ["johnsmith6000", "not-active"])
    func taken(_ userID: String) async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let refusal = await refused { try await database.newUser(userID) }

        #expect(
            refusal == Refusal(Outcome.CreateUser.userIDTaken, "The retailer has a Connect user \(userID) already.")
        )
    }

    @Test("user_ids that differ in case are two")
    func distinctCase() async throws {
        let database = try await SandboxDatabase.holding(in: world)

        #expect(try await database.newUser("JohnSmith6000").userID == UserID(rawValue: "JohnSmith6000"))
    }

    @Test("the bearer is checked before the body, the body before the user_id")
    func order() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let bearer = try await database.bearer()
        let malformed = Refusal(Outcome.Shared.malformedBody, "The body is none.")
        let unauthorized = await refused { try await database.createUser(.failure(malformed), bearer: nil) }
        let unread = await refused { try await database.createUser(.failure(malformed), bearer: bearer) }
        let invalid = await refused {
            try await database.createUser(
                .success(RequestFields(["user_id": .string("johnsmith6000")])),
                bearer: bearer
            )
        }

        #expect(unauthorized?.outcome == Outcome.Shared.missingToken)
        #expect(unread == malformed)
        #expect(invalid?.outcome == Outcome.CreateUser.firstNameBlank)
    }

    @Test("a refused request makes no user")
    func refusedCreation() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let bearer = try await database.bearer()
        let refusal = await refused {
            try await database.createUser(
                .success(RequestFields(["user_id": .string("anna"), "first_name": .string("A/B")])),
                bearer: bearer
            )
        }

        #expect(refusal?.outcome == Outcome.CreateUser.firstNameInvalid)
        #expect(
            await refused { try await database.status(of: "anna") }?.outcome == Outcome.GetUserLink.userNotFound
        )
        #expect(try await database.newUser("anna").userID == UserID(rawValue: "anna"))
    }

    @Test("a user whose deletion was requested is not active from then on")
    func deletion() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let member = "1990ad78-9f7a-4302-95cb-f70fe03b6b04"
        let token = try await database.linkingToken()
        #expect(try await database.status(of: member).isInstacartPlusMember)
        try await database.requestDeletion(of: member)
        let assertion = Data(#"{"user_id":"\#(member)"}"#.utf8).base64EncodedString()

        #expect(
            await refused { try await database.status(of: member) }
                == Refusal(
                    Outcome.GetUserLink.userNotActive,
                    "The deletion of the Connect user \(UserID(rawValue: member)) was requested."
                )
        )
        #expect(
            await refused { try await database.link(member, with: token.value) }?.outcome
                == Outcome.LinkUser.userNotActive
        )
        #expect(
            await refused {
                try await database.issue(["grant_type": "fulfillment_user_assertion", "assertion": assertion])
            }?.outcome == Outcome.GenerateAccessToken.invalidAssertion
        )
        #expect(await refused { try await database.newUser(member) }?.outcome == Outcome.CreateUser.userIDTaken)
    }

    @Test("deletion may be requested again")
    func secondDeletion() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        try await database.requestDeletion(of: "johnsmith6000")
        try await database.requestDeletion(of: "johnsmith6000")
        try await database.requestDeletion(of: "not-active")
    }

    @Test("nobody cannot be deleted")
    func deletionOfNobody() async throws {
        let database = try await SandboxDatabase.holding(in: world)
        let refusal = await refused { try await database.requestDeletion(of: "nobody") }

        #expect(
            refusal
                == Refusal(
                    Outcome.CreateUserDeletionRequest.userNotFound,
                    "The retailer has no Connect user nobody."
                )
        )
    }
}
