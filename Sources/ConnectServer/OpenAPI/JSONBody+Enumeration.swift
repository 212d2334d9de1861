import ConnectCore

extension JSONBody {
    /// A schema with the words that its `x-enum` asks for, from the type that holds them.
    var withEnumeration: JSONBody {
        guard let name = self["x-enum"]?.string else { return self }
        var schema = self
        schema["x-enum"] = nil
        schema["enum"] = .texts(Self.words(name))
        return schema
    }

    private static func words(_ name: String) -> [String] {
        switch name {
        case "assumptions": Assumption.allCases.map(\.rawValue)
        case "endpoints": Endpoint.allCases.map(\.name)
        case "grant-types": GrantType.allCases.map(\.rawValue)
        case "outcomes": Outcome.catalogue.map(\.key)
        case "relaxations": Relaxation.allCases.map(\.rawValue)
        case "scopes": Scope.allCases.map(\.rawValue)
        case "wire-faults": WireFault.allCases.map(\.rawValue)
        default: preconditionFailure("no type holds the words \(name)")
        }
    }
}
