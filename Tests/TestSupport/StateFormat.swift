/// How a state document is written, named as the control API's `Content-Type` and `Accept` name it.
package enum StateFormat: String, CaseIterable, Sendable {
    case json = "application/json"
    case yaml = "application/yaml"
}
