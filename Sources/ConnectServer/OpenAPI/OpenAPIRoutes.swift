import Hummingbird

/// `GET /_sandbox/openapi.json`: everything that the server answers, as an OpenAPI 3.1 document.
struct OpenAPIRoutes {
    let settings: Settings
    let publicURL: PublicURL

    func addRoutes(to router: Router<SandboxContext>) {
        router.get("/_sandbox/openapi.json") { _, _ in
            let document = OpenAPIDocument(
                base: try OpenAPIBase.embedded.get(),
                settings: settings,
                publicURL: publicURL.value
            )
            return try JSON.response(document.json())
        }
    }
}
