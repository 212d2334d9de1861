import ConnectCore
import HTTPTypes
import Hummingbird

/// `GET /_sandbox/contract`: every endpoint and outcome of the catalogue, and what each rests on.
struct ContractRoutes {
    let settings: Settings
    let pages: Pages

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/_sandbox/contract") { request, _ in
            let contract = try ContractResponse(
                authorizePath: settings.authorizePath,
                choices: settings.choices
            )
            var response =
                request.acceptsHTML
                ? pages.response(.contract, ContractPage(contract)) : try JSON.response(contract)
            response.headers[.vary] = "Accept"
            return response
        }
    }
}

extension Request {
    /// Whether a browser asks.
    fileprivate var acceptsHTML: Bool {
        headers[.accept]?.lowercased().contains("text/html") == true
    }
}
