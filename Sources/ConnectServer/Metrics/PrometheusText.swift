/// Metrics in Prometheus' text format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
struct PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// One line: what follows the metric's name, labels, and a number.
    struct Sample {
        var suffix = ""
        var labels: KeyValuePairs<String, String> = [:]
        let value: String

        init(_ value: Int, _ labels: KeyValuePairs<String, String> = [:], suffix: String = "") {
            self.suffix = suffix
            self.labels = labels
            self.value = "\(value)"
        }

        /// A number of seconds.
        init(microseconds: Int64, _ labels: KeyValuePairs<String, String>, suffix: String) {
            self.suffix = suffix
            self.labels = labels
            value = PrometheusText.seconds(microseconds)
        }
    }

    private(set) var text = ""

    /// Adds a metric.
    ///
    /// - Parameters:
    ///   - name: Its name, after the prefix that all have.
    ///   - kind: What it is.
    ///   - help: What it says, in a sentence.
    ///   - samples: Its lines.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        let name = "connect_sandbox_\(name)"
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0)=\"\($1.escaped)\"" }.joined(separator: ",")
            text += "\(name)\(sample.suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
        }
    }

    static func seconds(_ microseconds: Int64) -> String {
        let number = Double(microseconds) / 1_000_000
        return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}

extension String {
    fileprivate var escaped: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
