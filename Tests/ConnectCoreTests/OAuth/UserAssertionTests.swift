import ConnectCore
import Foundation
import Testing

@Suite("User assertion")
struct UserAssertionTests {
    static func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
    }

    @Test("the documentation's sample, which is no JSON, names kamalsingh1234")
    func sample() throws {
        #expect(
            try UserAssertion("eyAidXNlcl9pZCI6IGthbWFsc2luZ2gxMjM0fQ==").userID
                == UserID(rawValue: "kamalsingh1234")
        )
    }

    static let readable: [(String, String)] = [
        (#"{"user_id":"kamalsingh1234"}"#, "kamalsingh1234"),
        (#"{ "user_id": "member@example.com" }"#, "member@example.com"),
        (#"{"user_id":42}"#, "42"),
        (#"{"user_id":"42"}"#, "42"),
        (#"{"user_id":">>>???"}"#, ">>>???"),
        (#"{"user_id":"a b/c"}"#, "a b/c"),
        (#"{"user_id":"x","exp":1}"#, "x"),
        (#"{"user_id":"J\u00f6rg"}"#, "J\u{F6}rg"),
        ("\n{\"user_id\":\"x\"}\n", "x"),
    ]

    @Test("Base64 of JSON with a user_id names the user", arguments: Self.readable)
    func read(_ json: String, _ userID: String) throws {
        #expect(try UserAssertion(Self.base64(json)).userID == UserID(rawValue: userID))
    }

    @Test("a missing one is refused")
    func missing() {
        let refusal = refused { try UserAssertion(nil) }

        #expect(
            refusal
                == Refusal(Outcome.GenerateAccessToken.invalidAssertion, "The parameter assertion is missing.")
        )
    }

    @Test("standard Base64 is padded and has + and /: anything else is refused")
    func otherAlphabets() throws {
        let standard = Self.base64(#"{"user_id":">>>???"}"#)
        let base64URL = standard.replacing("+", with: "-").replacing("/", with: "_")
        let unpadded = standard.replacing("=", with: "")
        try #require(standard.contains("+") && standard.contains("/") && standard.hasSuffix("="))

        for assertion in [base64URL, unpadded, "not Base64!", "\u{1F600}", standard + "."] {
            #expect(
                refused { try UserAssertion(assertion) }
                    == Refusal(
                        Outcome.GenerateAccessToken.invalidAssertion,
                        "The assertion is not standard Base64."
                    )
            )
        }
    }

    @Test(
        "Base64 of anything but an object with a user_id is refused",
        arguments: [
            "", "x", "{}", "[]", "null", "42", #""kamalsingh1234""#, #"{"user_id":null}"#, #"{"user_id":""}"#,
            #"{"user_id":"  "}"#, #"{"user_id":true}"#, #"{"user_id":1.5}"#, #"{"user_id":["x"]}"#,
            #"{"user_id":{"id":"x"}}"#, #"{"id":"x"}"#, #"{"User_ID":"x"}"#, #"{"user_id":"x""#,
            "{ user_id: kamalsingh1234 }", #"{ "user_id": }"#, #"{ "user_id": two words }"#,
            #"{ "user_id": a, "b": c }"#,
        ]
    )
    func unreadable(_ text: String) {
        let refusal = refused { try UserAssertion(Self.base64(text)) }

        #expect(
            refusal
                == Refusal(
                    Outcome.GenerateAccessToken.invalidAssertion,
                    "The assertion does not decode to a JSON object with a user_id."
                )
        )
    }

    @Test("bytes that are no text are refused")
    func bytes() {
        let refusal = refused { try UserAssertion(Data([0xFF, 0xFE, 0x00, 0x80]).base64EncodedString()) }

        #expect(refusal?.outcome == Outcome.GenerateAccessToken.invalidAssertion)
    }

    @Test("the user must be there and active")
    func subject() throws {
        let assertion = try UserAssertion(Self.base64(#"{"user_id":"x"}"#))
        var user = ConnectUser(
            userID: UserID(rawValue: "x"),
            firstName: "John",
            lastName: nil,
            phoneNumber: nil,
            locale: nil,
            isActive: true
        )

        #expect(try assertion.subject(user) == user)
        #expect(
            refused { try assertion.subject(nil) }
                == Refusal(Outcome.GenerateAccessToken.invalidAssertion, "The retailer has no Connect user x.")
        )
        user.isActive = false
        let inactive = user
        #expect(
            refused { try assertion.subject(inactive) }
                == Refusal(Outcome.GenerateAccessToken.invalidAssertion, "The Connect user x is not active.")
        )
    }
}
