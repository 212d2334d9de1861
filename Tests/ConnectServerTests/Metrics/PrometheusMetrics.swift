import HTTPTypes
import TestSupport

/// A text in Prometheus' format (prometheus.io/docs/instrumenting/exposition_formats), taken apart strictly.
struct PrometheusMetrics {
    struct Malformed: Error {
        let line: Substring
    }

    /// Names of metrics with their types.
    private(set) var types: [String: String] = [:]
    /// Samples by name and labels, as they are written.
    private(set) var samples: [String: Double] = [:]

    init(parsing text: String) throws {
        var current = ""
        var hasHelp: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let match = line.wholeMatch(of: /# HELP ([a-z_]+) \S.*/) {
                guard hasHelp.insert(String(match.1)).inserted else { throw Malformed(line: line) }
            } else if let match = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
                current = String(match.1)
                guard hasHelp.contains(current), types.updateValue(String(match.2), forKey: current) == nil else {
                    throw Malformed(line: line)
                }
            } else {
                let sample = /([a-z_]+)((?:\{(?:[a-z_]+="[^"\\]*",?)+\})?) ([0-9.e+-]+)/
                guard let match = line.wholeMatch(of: sample), let number = Double(match.3) else {
                    throw Malformed(line: line)
                }
                let suffixes = types[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                let key = "\(match.1)\(match.2)"
                guard suffixes.contains(where: { match.1 == current + $0 }),
                    samples.updateValue(number, forKey: key) == nil
                else { throw Malformed(line: line) }
            }
        }
        guard text.hasSuffix("\n") else { throw Malformed(line: "") }
    }

    subscript(_ name: String, _ labels: String = "") -> Double? {
        samples["connect_sandbox_\(name)" + (labels.isEmpty ? "" : "{\(labels)}")]
    }
}

extension Sandbox {
    func metrics() async throws -> PrometheusMetrics {
        try PrometheusMetrics(parsing: await control(.get, "/metrics").succeeded().text)
    }
}
