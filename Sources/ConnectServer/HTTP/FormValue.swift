/// A value of a form or a query: a text, or something nested that no parameter takes.
struct FormValue: Decodable {
    /// Nil where it is nested.
    let text: String?

    init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}
