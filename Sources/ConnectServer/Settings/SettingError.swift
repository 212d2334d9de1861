/// Why a setting was refused.
///
/// Its description names the setting, where it came from and what was expected.
package struct SettingError: Error, Equatable, CustomStringConvertible {
    package let description: String
}
