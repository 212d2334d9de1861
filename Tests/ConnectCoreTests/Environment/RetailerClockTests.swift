import ConnectCore
import Testing

@Suite("Retailer clock")
struct RetailerClockTests {
    @Test("the real one shows the real time")
    func real() {
        #expect(RetailerClock.real.now(at: newYear) == newYear)
        #expect(RetailerClock.real == .running(offset: 0))
    }

    @Test("a running one stays as far ahead of the real time, or behind it", arguments: [86_400_000, -1] as [Int64])
    func running(_ offset: Int64) {
        let clock = RetailerClock.running(offset: offset)

        #expect(clock.now(at: newYear) == newYear.adding(milliseconds: offset))
        #expect(clock.now(at: newYear.adding(seconds: 5)) == newYear.adding(milliseconds: offset + 5000))
    }

    @Test("a frozen one shows the same whatever the real time")
    func frozen() {
        let instant = Instant(millisecondsSinceEpoch: 1_625_011_200_123)
        let clock = RetailerClock.frozen(at: instant)

        #expect(clock.now(at: newYear) == instant)
        #expect(clock.now(at: newYear.adding(seconds: 5)) == instant)
    }
}
