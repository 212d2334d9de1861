import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Mustache

/// A page that people see: a template of `Assets` by its name without `.mustache`.
enum Page: String, CaseIterable, Sendable {
    case login
    case consent
    case authorizationError = "authorization-error"
    case demoStore = "demo-store"
    case demoProfile = "demo-profile"
    case demoCheckout = "demo-checkout"
    case demoUnavailable = "demo-unavailable"
    case contract
}

/// The templates and styles compiled into the executable, read once at start.
///
/// A page loads nothing: its style sheet is a partial (`<style>{{> login.css}}</style>`), it has no script, and every
/// value is escaped by the template.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let templates: [Page: MustacheTemplate]
    private let styleHashes: String

    /// - Throws: ``MissingTemplate`` where a page has none, or the parser's error.
    init() throws {
        var library = MustacheLibrary()
        var hashes: [String] = []
        for (name, text) in EmbeddedFiles.byName.sorted(by: { $0.key < $1.key }) {
            if name.hasSuffix(".css") {
                try library.register(text, named: name)
                hashes.append("'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'")
            } else if name.hasSuffix(".mustache") {
                try library.register(text, named: String(name.dropLast(".mustache".count)))
            }
        }
        var templates: [Page: MustacheTemplate] = [:]
        for page in Page.allCases {
            guard let template = library.getTemplate(named: page.rawValue) else { throw MissingTemplate(page: page) }
            templates[page] = template
        }
        self.library = library
        self.templates = templates
        styleHashes = hashes.joined(separator: " ")
    }

    /// Renders a page that is never stored, framed, or able to load or run anything.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - model: What its template shows; a struct whose properties it names.
    ///   - status: The status of the response.
    ///   - formTarget: An origin that a form of the page leads to by a redirect: Chromium holds `form-action` against
    ///     redirects too.
    /// - Returns: The response.
    func response(
        _ page: Page,
        _ model: some Sendable,
        status: HTTPResponse.Status = .ok,
        formTarget: String? = nil
    ) -> Response {
        guard let template = templates[page] else { preconditionFailure("\(page) was found at start") }
        let html = template.render(model, library: library)
        let formAction = (["'self'"] + [formTarget].compactMap { $0 }).joined(separator: " ")
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] = """
            default-src 'none'; style-src \(styleHashes); img-src data:; form-action \(formAction); \
            base-uri 'none'; frame-ancestors 'none'
            """
        headers[.xContentTypeOptions] = "nosniff"
        headers[.referrerPolicy] = "same-origin"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

/// A page whose template was not compiled in.
struct MissingTemplate: Error {
    let page: Page
}
