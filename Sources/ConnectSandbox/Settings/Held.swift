/// What `validate()` has read for `run()`: a file may be a pipe, which can be read once.
struct Held<Value>: Decodable {
    var value: Value?

    init() {}

    /// Nothing of it comes from the command line.
    init(from decoder: any Decoder) {}
}
