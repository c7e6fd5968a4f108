using Microsoft.CodeAnalysis;

namespace ReLoRA.Scripting.Hosting;

/// <summary>The assemblies every script sees: the framework's, the lab's, and TorchSharp, for the tensors of figures.</summary>
internal static class ScriptReferences
{
    /// <summary>Imported into every script.</summary>
    public static readonly string[] Imports =
    [
        "System",
        "System.Linq",
        "System.Collections.Generic",
        "ReLoRA.Core.Configuration",
        "ReLoRA.Core.Dynamics",
        "ReLoRA.Core.Dynamics.Metrics",
        "ReLoRA.Scripting.Language",
    ];

    private static readonly string[] Named =
    [
        "netstandard.dll",
        "mscorlib.dll",
        "ReLoRA.Core.dll",
        "ReLoRA.Scripting.dll",
        "TorchSharp.dll",
        // For scripts that read earlier runs; a host without the analysis has none of them.
        "ReLoRA.Results.dll",
        "ReLoRA.Analysis.dll",
        "FSharp.Core.dll",
    ];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Found = new(Find);

    /// <summary>The references, read once in a process.</summary>
    public static IReadOnlyList<MetadataReference> All => Found.Value;

    private static IReadOnlyList<MetadataReference> Find()
    {
        // By file name: to ask the lab's and TorchSharp's types where they lie would load them, and libtorch with them.
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        return
        [
            .. trusted
                .Where(path =>
                    Path.GetFileName(path) is var name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || Named.Contains(name))
                )
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
