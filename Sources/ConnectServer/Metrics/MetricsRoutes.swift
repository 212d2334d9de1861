import ConnectCore
import ConnectStorage
import Hummingbird

/// `GET /_sandbox/metrics`: what was asked and what there is, for Prometheus and whoever reads its format.
struct MetricsRoutes {
    let database: SandboxDatabase
    let journal: Journal
    let metrics: Metrics

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/_sandbox/metrics") { _, _ in
            let usage = try await database.usage()
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text(usage)))
            )
        }
    }

    private func text(_ usage: SandboxDatabase.Usage) -> String {
        let counts = metrics.value
        let kept = journal.read { (count: $0.count, bytes: $0.bytes) }
        var text = PrometheusText()
        text.add(
            "requests_total",
            .counter,
            "Exchanges with Instacart's API, the authorization URL and the metadata since the start.",
            counts.requests.map { label, count in
                (label.endpoint.label, label.outcome ?? "", count)
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .map { .init($2, ["endpoint": $0, "outcome": $1]) }
        )
        text.add(
            "request_duration_seconds",
            .histogram,
            "Duration of these exchanges, the latency of faults included.",
            counts.latencies.map { ($0.label, $1) }.sorted { $0.0 < $1.0 }.flatMap(samples)
        )
        text.add(
            "live_tokens",
            .gauge,
            "Codes and tokens that could be used, by the clocks of their retailers.",
            [
                .init(usage.accessTokens, ["type": "access_token"]),
                .init(usage.authorizationCodes, ["type": "authorization_code"]),
                .init(usage.refreshTokens, ["type": "refresh_token"]),
            ]
        )
        text.add("retailers", .gauge, "Retailers.", [.init(usage.retailers)])
        text.add("journal_exchanges", .gauge, "Exchanges that the journal holds.", [.init(kept.count)])
        text.add("journal_size_bytes", .gauge, "Approximate size of the journal.", [.init(kept.bytes)])
        text.add(
            "database_size_bytes",
            .gauge,
            "Size of the database without its write-ahead log.",
            [.init(usage.bytes)]
        )
        text.add("build_info", .gauge, "What runs; always 1.", [.init(1, ["version": SandboxVersion.current])])
        return text.text
    }

    private func samples(endpoint: String, _ histogram: LatencyHistogram) -> [PrometheusText.Sample] {
        let cumulated = histogram.cumulated
        let bounds = LatencyHistogram.bounds.map(PrometheusText.seconds) + ["+Inf"]
        let buckets = zip(bounds, cumulated).map { bound, count in
            PrometheusText.Sample(count, ["endpoint": endpoint, "le": bound], suffix: "_bucket")
        }
        return buckets + [
            .init(microseconds: histogram.microseconds, ["endpoint": endpoint], suffix: "_sum"),
            .init(cumulated.last ?? 0, ["endpoint": endpoint], suffix: "_count"),
        ]
    }
}

extension Endpoint? {
    /// Empty where there is none, which Prometheus takes for no label.
    fileprivate var label: String { self?.name ?? "" }
}
