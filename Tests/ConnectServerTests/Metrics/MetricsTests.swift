import ConnectServer
import HTTPTypes
import TestSupport
import Testing

@Suite("Metrics")
struct MetricsTests {
    @Test("are all there from the start, as Prometheus' text")
    func start() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, "/metrics")
            #expect(reply.status == 200)
            #expect(reply.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let metrics = try PrometheusMetrics(parsing: reply.text)
            #expect(
                metrics.types == [
                    "connect_sandbox_requests_total": "counter",
                    "connect_sandbox_request_duration_seconds": "histogram",
                    "connect_sandbox_live_tokens": "gauge", "connect_sandbox_retailers": "gauge",
                    "connect_sandbox_journal_exchanges": "gauge", "connect_sandbox_journal_size_bytes": "gauge",
                    "connect_sandbox_database_size_bytes": "gauge", "connect_sandbox_build_info": "gauge",
                ]
            )
            #expect(metrics["retailers"] == 1)
            #expect(metrics["journal_exchanges"] == 0)
            #expect(metrics["build_info", "version=\"\(SandboxVersion.current)\""] == 1)
            #expect(try #require(metrics["database_size_bytes"]) > 4096)
        }
    }

    @Test("count requests by endpoint and outcome, those that nothing was answered to and those of no endpoint too")
    func requests() async throws {
        try await withSandbox { sandbox in
            let bearer = try await sandbox.fulfillmentToken()
            for user in ["nobody", "nobody", "1990ad78-9f7a-4302-95cb-f70fe03b6b04"] {
                _ = try await sandbox.send(.get, "/v2/fulfillment/users/\(user)/link", bearer: bearer)
            }
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/a/link", headers: ["X-Sandbox-Fault": "reset"])
            _ = try await sandbox.send(.get, "/v2/nothing")
            _ = try await sandbox.send(.get, "/readyz")
            let metrics = try await sandbox.metrics()
            func count(_ endpoint: String, _ outcome: String) -> Double? {
                metrics["requests_total", "endpoint=\"\(endpoint)\",outcome=\"\(outcome)\""]
            }
            #expect(count("generate_access_token", "generate_access_token.success") == 1)
            #expect(count("get_user_link", "get_user_link.user_not_found") == 2)
            #expect(count("get_user_link", "get_user_link.success") == 1)
            #expect(count("get_user_link", "") == 1)
            #expect(count("", "any.not_found") == 1)
            let total = metrics.samples.filter { $0.key.hasPrefix("connect_sandbox_requests_total") }.values
            #expect(total.reduce(0, +) == 6)
            #expect(metrics["journal_exchanges"] == 6)
            #expect(try #require(metrics["journal_size_bytes"]) > 6 * 200)
        }
    }

    @Test("say how long requests took, in buckets that add up")
    func durations() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/a/link")
            _ = try await sandbox.send(.get, "/v2/fulfillment/users/a/link", headers: ["X-Sandbox-Fault": "latency=60"])
            let metrics = try await sandbox.metrics()
            let name = "request_duration_seconds"
            func bucket(_ bound: String) -> Double? {
                metrics["\(name)_bucket", "endpoint=\"get_user_link\",le=\"\(bound)\""]
            }
            let bounds = [
                "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1",
                "2.5", "5", "10", "+Inf",
            ]
            let buckets = bounds.compactMap(bucket)
            #expect(buckets.count == bounds.count)
            #expect(buckets == buckets.sorted())
            #expect(buckets.last == 2)
            // The delayed one took longer than 50 ms.
            #expect(try #require(bucket("0.05")) <= 1)
            #expect(metrics["\(name)_count", "endpoint=\"get_user_link\""] == 2)
            #expect(try #require(metrics["\(name)_sum", "endpoint=\"get_user_link\""]) >= 0.06)
        }
    }

    @Test("count the codes and tokens that could be used, by each retailer's clock")
    func tokens() async throws {
        try await withSandbox { sandbox in
            func live() async throws -> [Double?] {
                let metrics = try await sandbox.metrics()
                return ["access_token", "authorization_code", "refresh_token"].map { type in
                    metrics["live_tokens", "type=\"\(type)\""]
                }
            }
            var counts = try await live()
            #expect(counts == [0, 0, 0])
            _ = try await sandbox.fulfillmentToken()
            let code = try await sandbox.code(instacartUser: 3, of: .demo)
            counts = try await live()
            #expect(counts == [2, 1, 0])
            let exchange = try await sandbox.redeem(code, of: .demo).succeeded()
            counts = try await live()
            #expect(counts == [3, 0, 1])
            _ = try await sandbox.token(
                ["grant_type": "refresh_token", "refresh_token": .string(try exchange.string("refresh_token"))],
                of: .demo
            ).succeeded()
            counts = try await live()
            #expect(counts == [3, 0, 1])
            _ = try await sandbox.code(instacartUser: 3, of: .demo)
            try await sandbox.control(.post, "/retailers/demo/clock/advance", json: ["by": "PT11M"]).succeeded()
            counts = try await live()
            #expect(counts[1] == 0)
            try await sandbox.control(.post, "/retailers/demo/clock/advance", json: ["by": "PT25H"]).succeeded()
            counts = try await live()
            // A refresh token outlives its access token.
            #expect(counts == [0, 0, 1])
            try await sandbox.control(.patch, "/retailers/demo/clock", json: ["frozen": true]).succeeded()
            _ = try await sandbox.fulfillmentToken()
            counts = try await live()
            #expect(counts == [1, 0, 1])
        }
    }

    @Test("are for those only who may use the control API")
    func guarded() async throws {
        let settings = try Settings(sources: [.flags([.controlToken: ["a-token"]])])
        try await withSandbox(settings: settings) { sandbox in
            #expect(try await sandbox.control(.get, "/metrics").status == 401)
            let allowed = try await sandbox.control(.get, "/metrics", headers: ["Authorization": "Bearer a-token"])
            #expect(allowed.status == 200)
        }
    }
}
