/// An answer that a person reads as text.
protocol ShownAnswer: Decodable {
    var text: String { get }
}
