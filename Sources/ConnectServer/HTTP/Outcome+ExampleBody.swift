import ConnectCore
import Foundation

extension Outcome {
    /// A JSON body of this outcome, as it is answered.
    ///
    /// - Parameters:
    ///   - family: That of the endpoint that answers; it decides the shape of what every endpoint shares.
    ///   - choices: What is chosen where Instacart's pages leave a choice.
    /// - Returns: The body; nil where a page or a redirect is answered.
    /// - Throws: What encoding does, and reading a success's example.
    func exampleBody(in family: APIFamily, where choices: Choices = Choices()) throws -> Data? {
        if case .success(let example) = answer { return try JSON.data(JSONBody(parsing: Data(example.utf8))) }
        switch wireError(in: family) {
        case .connect(let error):
            return isListed(where: choices)
                ? try JSON.data(ConnectErrorsBody(errors: [error])) : try JSON.data(ConnectErrorBody(error: error))
        case .connectErrors: return try JSON.data(ConnectErrorsBody(errors: exampleParts.compactMap(\.connectError)))
        case .oauth(let error): return try JSON.data(OAuthErrorBody(error))
        case .page, nil: return nil
        }
    }

    /// Two errors of different fields that the endpoint may wrap into one body; none where this outcome wraps none.
    var exampleParts: [Outcome] {
        guard answer == .connectErrors, let endpoint else { return [] }
        var fields: Set<String> = []
        let parts = Self.outcomes(of: endpoint).filter { outcome in
            guard outcome.assumption == .loneErrorListed, let field = outcome.connectError?.key else { return false }
            return fields.insert(field).inserted
        }
        return Array(parts.prefix(2))
    }
}
