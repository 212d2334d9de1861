/// Checks the fields of one request and collects what is wrong with them.
///
/// One failure is refused in the single form, two or more in the 9999 form
/// (/connect/api/error_and_status_codes).
struct FieldValidation {
    let fields: RequestFields
    private var refusals: [Refusal] = []

    init(_ fields: RequestFields) {
        self.fields = fields
    }

    /// Reads a field that must hold plain text and not be blank.
    ///
    /// - Parameters:
    ///   - name: The field.
    ///   - blank: What a missing, null or blank one is refused with.
    ///   - invalid: What one of another type is refused with.
    ///   - acceptsInteger: Whether a whole number is taken as its digits.
    ///   - isFree: Whether control characters may be in it.
    /// - Returns: The text; nil where it was refused.
    mutating func required(
        _ name: String,
        blank: Outcome,
        invalid: Outcome,
        acceptsInteger: Bool = false,
        isFree: Bool = false
    ) -> String? {
        let refusedBefore = refusals.count
        let text = text(name, invalid: invalid, acceptsInteger: acceptsInteger, isFree: isFree)
        if let text, !text.isBlank { return text }
        if refusals.count == refusedBefore {
            refuse(blank, "The field \(name) is missing or blank; a text was expected.")
        }
        return nil
    }

    /// Reads a field that may be left out; blank reads like left out.
    mutating func optional(_ name: String, invalid: Outcome, acceptsInteger: Bool = false) -> String? {
        text(name, invalid: invalid, acceptsInteger: acceptsInteger, isFree: false).flatMap { $0.isBlank ? nil : $0 }
    }

    /// Reads a field that is true, false or left out.
    mutating func flag(_ name: String, invalid: Outcome) -> Bool {
        switch fields[name] {
        case .bool(let flag): return flag
        case .null: return false
        default:
            refuse(invalid, "The field \(name) is neither true nor false.")
            return false
        }
    }

    mutating func refuse(_ outcome: Outcome, _ reason: Reason) {
        refusals.append(Refusal(outcome, reason))
    }

    func hasRefused(_ outcome: Outcome) -> Bool {
        refusals.contains { $0.outcome == outcome }
    }

    /// Ends the check.
    ///
    /// - Parameter multiple: The endpoint's outcome for two or more failures.
    /// - Throws: The one refusal, or the one that wraps them all.
    func finish(multiple: Outcome) throws(Refusal) {
        guard let first = refusals.first else { return }
        guard refusals.count > 1 else { throw first }
        throw Refusal(multiple, Reason(joining: refusals.map(\.reason)), parts: refusals.map(\.outcome))
    }

    private mutating func text(_ name: String, invalid: Outcome, acceptsInteger: Bool, isFree: Bool) -> String? {
        switch fields[name] {
        case .null:
            return nil
        case .string(let text) where isFree || text.isBlank || text.isPlainText:
            return text
        case .string:
            refuse(invalid, "The field \(name) holds control characters or characters that reorder text.")
        case .integer(let digits) where acceptsInteger:
            return digits
        default:
            refuse(invalid, "The field \(name) is not a string.")
        }
        return nil
    }
}
