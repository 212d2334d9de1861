import HTTPTypes

/// Why a page of the storefront cannot be shown.
enum DemoProblem: Error {
    case noRetailer
    case disabled(clientID: String)
    /// The API gives the application no fulfillment token.
    case credentialsRefused(clientID: String, outcome: String)
    case foreignForm
    case staleForm
    case unknownCustomer

    var status: HTTPResponse.Status {
        switch self {
        case .noRetailer, .disabled, .credentialsRefused: .serviceUnavailable
        case .foreignForm, .staleForm: .forbidden
        case .unknownCustomer: .badRequest
        }
    }
}
