import Foundation

/// What the API answered a call of the storefront's backend.
struct APIAnswer: Sendable {
    /// Nil where no answer came.
    let status: Int?
    let body: Data

    static let none = APIAnswer(status: nil, body: Data())

    func decoded<Body: Decodable>(_ type: Body.Type) -> Body? {
        try? JSONDecoder().decode(type, from: body)
    }

    /// The `error.message` of the Connect API.
    var errorMessage: String? {
        decoded(ErrorBody.self)?.error.message
    }

    private struct ErrorBody: Decodable {
        struct Details: Decodable {
            let message: String
        }

        let error: Details
    }
}
