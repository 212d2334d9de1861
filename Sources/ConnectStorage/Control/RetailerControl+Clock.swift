package import ConnectCore

/// What a retailer's clock shows.
package struct ClockReading: Equatable, Sendable {
    package let now: Instant
    package let isFrozen: Bool
}

/// What a clock is to show.
package struct ClockChange: Equatable, Sendable {
    /// Where the clock is set to.
    enum Setting: Equatable, Sendable {
        case instant(Instant)
        case realTime
    }

    /// Nil where it is to go on from what it shows.
    let setting: Setting?
    /// Nil where it is to run or stand still as it does.
    let isFrozen: Bool?

    /// Reads `{"now", "frozen"}`.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let fields = try DocumentNode(body: body).fields(["now", "frozen"], keepsNull: true)
        setting = try fields["now"].map { node throws(StateDocumentError) in
            node.isNull ? .realTime : .instant(try node.instant())
        }
        isFrozen = try fields["frozen"]?.flag()
    }
}

/// How far a clock is to be moved on.
package struct ClockAdvance: Equatable, Sendable {
    let period: Period

    /// Reads `{"by"}`.
    ///
    /// - Parameter body: YAML or JSON.
    /// - Throws: ``StateDocumentError``.
    package init(parsing body: String) throws(StateDocumentError) {
        let node = try DocumentNode(body: body)
        period = try node.required("by", in: node.fields(["by"])).value("a duration such as PT25H", Period.init)
    }
}

extension RetailerControl {
    /// - Returns: What the clock shows.
    package func clock() async throws -> ClockReading {
        try await read { retailer, _ in reading(retailer.clock) }
    }

    /// Sets, freezes or resumes the clock.
    ///
    /// - Parameter change: What it is to show.
    /// - Returns: What it shows then.
    /// - Throws: ``ControlRefusal`` where that is beyond what clocks show.
    package func setClock(_ change: ClockChange) async throws -> ClockReading {
        try await moveClock(isFrozen: change.isFrozen) { now, realTime in
            switch change.setting {
            case .instant(let instant): instant
            case .realTime: realTime
            case nil: now
            }
        }
    }

    /// Moves the clock on, running or standing still.
    ///
    /// - Parameter advance: How far.
    /// - Returns: What it shows then.
    /// - Throws: ``ControlRefusal`` where that is beyond what clocks show.
    package func advanceClock(_ advance: ClockAdvance) async throws -> ClockReading {
        try await moveClock(isFrozen: nil) { now, _ in now.adding(advance.period) }
    }

    private func moveClock(
        isFrozen: Bool?,
        to instant: @Sendable (_ now: Instant, _ realTime: Instant) -> Instant
    ) async throws -> ClockReading {
        try await write { retailer, db in
            let realTime = database.environment.now()
            let target = instant(retailer.clock.now(at: realTime), realTime)
            guard target.isForClocks else { throw ControlRefusal.invalidBody(ControlRefusal.clockLimits) }
            let clock = RetailerClock(
                showing: target,
                isFrozen: isFrozen ?? retailer.clock.isFrozen,
                at: realTime
            )
            try RetailerRecord.setClock(clock, of: retailer.key, db)
            return ClockReading(now: target, isFrozen: clock.isFrozen)
        }
    }

    private func reading(_ clock: RetailerClock) -> ClockReading {
        ClockReading(now: clock.now(at: database.environment.now()), isFrozen: clock.isFrozen)
    }
}
