extension String {
    /// Itself, where it can be looked up.
    ///
    /// GRDB hands texts to SQLite as C strings, which end at the first NUL: a text with one would find what begins like
    /// it. Nothing with a NUL is ever stored, so it is nobody's key.
    var key: String? {
        utf8.contains(0) ? nil : self
    }
}
