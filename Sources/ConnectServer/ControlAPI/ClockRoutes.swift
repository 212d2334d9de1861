import ConnectStorage
import Hummingbird

/// A retailer's clock: read, set, frozen, resumed and moved on.
struct ClockRoutes {
    let database: SandboxDatabase

    func addRoutes(to router: Router<SandboxContext>) {
        let clock = router.group("/_sandbox/retailers/{retailer}/clock")
        clock.get { _, context in
            try JSON.response(ClockResponse(await database.control(of: context).clock()))
        }
        clock.patch { request, context in
            let change = try ClockChange(parsing: await request.requiredControlBody())
            return try JSON.response(ClockResponse(await database.control(of: context).setClock(change)))
        }
        clock.post("advance") { request, context in
            let advance = try ClockAdvance(parsing: await request.requiredControlBody())
            return try JSON.response(ClockResponse(await database.control(of: context).advanceClock(advance)))
        }
    }
}
