import Foundation
import TestSupport

/// A file of `fixtures/states` and what the API answers once it is loaded, as a row of `fixtures/README.md` says it.
struct UIState: Sendable {
    /// The Connect user whom an application under test asks about.
    static let customer = "johnsmith6000"
    static let readme = Golden.folder.deletingLastPathComponent().appending(path: "README.md")
    static let folder = Golden.folder.deletingLastPathComponent().appending(path: "states")

    let file: String
    /// HTTP status and outcome of `GET …/link`.
    let status: String
    /// HTTP status and outcome of `POST …/link`; nil where the customer is linked.
    var link: String?
    /// Whose consent the linking token rests on.
    var consenting = 3

    /// The last two columns of the README's row.
    var cells: String { "| \(Self.cell(status)) | \(link.map(Self.cell) ?? "–") |" }

    static let all = [
        UIState(file: "linked-member.yaml", status: "200 get_user_link.success"),
        UIState(file: "linked-no-membership.yaml", status: "200 get_user_link.success_not_a_member"),
        UIState(file: "membership-ends-soon.yaml", status: "200 get_user_link.success"),
        UIState(file: "membership-expired.yaml", status: "200 get_user_link.success_not_a_member"),
        UIState(
            file: "not-linked.yaml",
            status: "400 get_user_link.user_not_linked",
            link: "200 link_user.success"
        ),
        UIState(
            file: "no-connect-user.yaml",
            status: "400 get_user_link.user_not_found",
            link: "400 link_user.user_not_found"
        ),
        UIState(
            file: "instacart-account-already-linked.yaml",
            status: "400 get_user_link.user_not_linked",
            link: "400 link_user.instacart_user_already_linked",
            consenting: 1
        ),
        UIState(
            file: "not-active.yaml",
            status: "403 get_user_link.user_not_active",
            link: "403 link_user.user_not_active"
        ),
    ]

    static func text(of file: String) throws -> String {
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }

    private static func cell(_ answer: String) -> String {
        answer.replacing(" ", with: " `") + "`"
    }
}
