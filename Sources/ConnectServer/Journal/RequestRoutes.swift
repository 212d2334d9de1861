import ConnectCore
import ConnectStorage
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// What was asked: recorded exchanges, of one retailer or of all.
struct RequestRoutes {
    private static let filters = ["endpoint", "outcome", "status", "method", "path", "since"]

    let database: SandboxDatabase
    let journal: Journal

    func addRoutes(to router: Router<SandboxContext>) {
        for prefix in ["/_sandbox/retailers/{retailer}/requests", "/_sandbox/requests"] {
            let requests = router.group(RouterPath(prefix))
            requests.get(use: list)
            requests.delete(use: clear)
            requests.get("count", use: count)
            requests.get("wait", use: wait)
            requests.get("stream", use: stream)
            requests.get("{id}", use: show)
        }
    }

    private func list(_ request: Request, context: SandboxContext) async throws -> Response {
        let query = try await query(request, context, Self.filters + ["before", "limit"])
        return try JSON.response(ExchangesResponse(journal.read { $0.latest(query.filter, limit: query.limit) }))
    }

    private func count(_ request: Request, context: SandboxContext) async throws -> Response {
        let query = try await query(request, context, Self.filters + ["before"])
        return try JSON.response(ExchangeCountResponse(count: journal.read { $0.count(query.filter) }))
    }

    private func clear(_ request: Request, context: SandboxContext) async throws -> Response {
        journal.clear(try await retailer(context))
        return Response(status: .noContent)
    }

    private func show(_ request: Request, context: SandboxContext) async throws -> Response {
        let filter = ExchangeFilter(retailer: try await retailer(context))
        let id = context.pathParameter("id")
        let found = Int(id).flatMap { id in journal.read { $0[id] } }
        guard let found, filter.matches(found) else { throw ControlError.requestNotFound(id) }
        return try JSON.response(ExchangeResponse(found))
    }

    /// Answers as soon as enough requests have come; what came before counts.
    private func wait(_ request: Request, context: SandboxContext) async throws -> Response {
        let query = try await query(request, context, Self.filters + ["count", "timeout"])
        let isComplete = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    let (count, last) = journal.read { ($0.count(query.filter), $0.lastID) }
                    if count >= query.count { return true }
                    await journal.change(after: last)
                }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: query.timeout)
                return false
            }
            group.addTask {
                try? await gracefulShutdown()
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        let matching = journal.read { $0.latest(query.filter, limit: 1000) }
        if isComplete || matching.count >= query.count { return try JSON.response(WaitResponse(matching)) }
        let others = journal.read { $0.latest(ExchangeFilter(retailer: query.filter.retailer), limit: 1000) }
            .filter { !query.filter.matches($0) }
        let error = ControlErrorBody.Details(
            code: "wait_timeout",
            message: "\(matching.count) of \(query.count) requests came in time.",
            path: request.uri.path
        )
        let seen = Array(others.prefix(20))
        return try JSON.response(WaitResponse(matching, error: error, seen: seen), status: .requestTimeout)
    }

    private func stream(_ request: Request, context: SandboxContext) async throws -> Response {
        let known = Self.filters.filter { $0 != "since" } + ["last_event_id"]
        let query = try await query(request, context, known)
        let header = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }.flatMap { Int($0) }
        let last = header ?? query.lastEventID ?? journal.read(\.lastID)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody(
                asyncSequence: ExchangeStream(journal: journal, filter: query.filter, last: last)
            )
        )
    }

    private func query(_ request: Request, _ context: SandboxContext, _ known: [String]) async throws -> RequestQuery {
        try RequestQuery(request, of: await retailer(context), known: known)
    }

    /// The retailer that the path names; nil where it names none.
    private func retailer(_ context: SandboxContext) async throws -> RetailerID? {
        guard context.parameters.get("retailer") != nil else { return nil }
        return try await database.control(of: context).summary().id
    }
}
