import Foundation
import PackagePlugin

/// Compiles files that people edit as files (state documents, pages) into the target that serves them, so that the
/// product is one executable and no copy can drift from its source.
@main
struct EmbedAssets: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let files =
            switch target.name {
            case "ConnectStorage": [context.package.directoryURL.appending(path: "fixtures/states/demo.yaml")]
            default: try visibleFiles(in: target.directoryURL.appending(path: "Assets"))
            }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) files into \(target.name)",
                executable: try context.tool(named: "embed-assets").url,
                arguments: [output.path] + files.map(\.path),
                inputFiles: files,
                outputFiles: [output]
            )
        ]
    }

    private func visibleFiles(in folder: URL) throws -> [URL] {
        try FileManager.default
            .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
