import HTTPTypes
import TestSupport
import Testing

@Suite("A retailer's clock")
struct ClockTests {
    private static func clock(_ now: JSONValue, frozen: Bool) -> JSONValue {
        ["now": now, "frozen": .bool(frozen)]
    }

    @Test("shows the real time until it is set, and runs with it")
    func real() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.get, "/retailers/demo/clock")
            #expect(reply.status == 200)
            #expect(reply.json == Self.clock("2026-01-01T00:00:00Z", frozen: false))
            sandbox.environment.advance(seconds: 61)
            let later = try await sandbox.clock()
            #expect(later == Self.clock("2026-01-01T00:01:01Z", frozen: false))
        }
    }

    @Test("is set, and runs on from there")
    func setting() async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(
                .patch,
                "/retailers/demo/clock",
                json: ["now": "2030-05-05T05:05:05+02:00"]
            )
            #expect(reply.status == 200)
            #expect(reply.json == Self.clock("2030-05-05T03:05:05Z", frozen: false))
            sandbox.environment.advance(seconds: 10)
            let later = try await sandbox.clock()
            #expect(later == Self.clock("2030-05-05T03:05:15Z", frozen: false))
        }
    }

    @Test("stands where it is frozen while the real time moves, and runs on from there when it is resumed")
    func freezeAndResume() async throws {
        try await withSandbox { sandbox in
            try await sandbox.advance(by: "PT25H")
            let frozen = try await sandbox.control(.patch, "/retailers/demo/clock", json: ["frozen": true])
            #expect(frozen.json == Self.clock("2026-01-02T01:00:00Z", frozen: true))
            sandbox.environment.advance(seconds: 86_400)
            let still = try await sandbox.clock()
            #expect(still == frozen.json)
            let resumed = try await sandbox.control(.patch, "/retailers/demo/clock", json: ["frozen": false])
            #expect(resumed.json == Self.clock("2026-01-02T01:00:00Z", frozen: false))
            sandbox.environment.advance(seconds: 1)
            let later = try await sandbox.clock()
            #expect(later == Self.clock("2026-01-02T01:00:01Z", frozen: false))
        }
    }

    @Test("that is frozen stays so when it is set or advanced")
    func movedWhileFrozen() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["frozen": true])
            let set = try await sandbox.control(
                .patch,
                "/retailers/demo/clock",
                json: ["now": "2024-02-29T00:00:00Z"]
            )
            #expect(set.json == Self.clock("2024-02-29T00:00:00Z", frozen: true))
            let advanced = try await sandbox.control(.post, "/retailers/demo/clock/advance", json: ["by": "P1Y"])
            #expect(advanced.status == 200)
            #expect(advanced.json == Self.clock("2025-02-28T00:00:00Z", frozen: true))
        }
    }

    @Test(
        "set to null shows the real time again, frozen or running",
        arguments: [
            (["now": nil], true), (["now": nil, "frozen": true], true), (["now": nil, "frozen": false], false),
        ]
            as [(JSONValue, Bool)]
    )
    func realAgain(fields: JSONValue, isFrozen: Bool) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2030-01-01T00:00:00Z", "frozen": true])
            sandbox.environment.advance(seconds: 60)
            let reply = try await sandbox.control(.patch, "/retailers/demo/clock", json: fields)
            #expect(reply.json == Self.clock("2026-01-01T00:01:00Z", frozen: isFrozen))
        }
    }

    @Test(
        "advances by any ISO 8601 duration",
        arguments: [
            ("PT0S", "2026-01-01T00:00:00Z"), ("PT1S", "2026-01-01T00:00:01Z"), ("PT25H", "2026-01-02T01:00:00Z"),
            ("P1M", "2026-02-01T00:00:00Z"), ("P1W", "2026-01-08T00:00:00Z"),
            ("P1Y2M3DT4H5M6S", "2027-03-04T04:05:06Z"),
            ("PT9999999999S", "2342-11-21T17:46:39Z"),
        ]
    )
    func advance(duration: String, now: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.control(.post, "/retailers/demo/clock/advance", yaml: "by: \(duration)")
            #expect(reply.status == 200)
            #expect(reply.json == Self.clock(.string(now), frozen: false))
        }
    }

    static let wrongRequests: [(HTTPRequest.Method, String, JSONValue)] = [
        (.post, "/advance", [:]), (.post, "/advance", ["by": nil]), (.post, "/advance", ["by": 5]),
        (.post, "/advance", ["by": "25h"]), (.post, "/advance", ["by": "-PT1H"]), (.post, "/advance", ["by": "P"]),
        (.post, "/advance", ["by": "PT"]), (.post, "/advance", ["by": ""]), (.post, "/advance", []),
        (.post, "/advance", ["by": "P8000Y"]), (.post, "/advance", ["by": "P7973Y12M"]),
        (.post, "/advance", ["by": "P9999Y99999M99999W999999DT99999999H999999999M9999999999S"]),
        (.patch, "", ["now": "yesterday"]), (.patch, "", ["now": 1_767_225_600]), (.patch, "", ["now": "2026-01-01"]),
        (.patch, "", ["now": "2026-02-30T00:00:00Z"]), (.patch, "", ["now": "10000-01-01T00:00:00Z"]),
        (.patch, "", ["now": "0001-01-01T00:00:00Z"]), (.patch, "", ["now": "2026-01-01T00:00:00"]),
        (.patch, "", ["frozen": "maybe"]), (.patch, "", ["frozen": 1]), (.patch, "", []), (.patch, "", "now"),
    ]

    @Test("refuses what is no date or duration, or leads out of the calendar, and stays", arguments: Self.wrongRequests)
    func wrong(method: HTTPRequest.Method, path: String, body: JSONValue) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setClock(["now": "2026-05-05T00:00:00Z", "frozen": true])
            let reply = try await sandbox.control(method, "/retailers/demo/clock\(path)", json: body)
            #expect(reply.status == 400)
            #expect(reply.errorCode == "invalid_body")
            let clock = try await sandbox.clock()
            #expect(clock == Self.clock("2026-05-05T00:00:00Z", frozen: true))
        }
    }
}
