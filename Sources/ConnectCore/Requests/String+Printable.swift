extension String {
    /// With what a terminal would obey written out: whoever sends a request chooses what is in it.
    package var printable: String {
        guard !isPlainText else { return self }
        return unicodeScalars.map { scalar in
            let text = String(scalar)
            return text.isPlainText ? text : scalar.escaped(asASCII: true)
        }
        .joined()
    }

    /// Cut to a width, with a sign that it was.
    package func cut(to width: Int) -> String {
        count > width ? "\(prefix(width - 1))…" : self
    }
}
