/// The version of the executable.
package enum SandboxVersion {
    package static let current = "0.2.0"
}
