using Microsoft.CodeAnalysis;

namespace ReLoRA.Scripting.Hosting;

/// <summary>The assemblies every script sees: the framework's, the lab's and TorchSharp, for the tensors of figures.</summary>
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

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Found = new(Find);

    /// <summary>The references, read once in a process.</summary>
    public static IReadOnlyList<MetadataReference> All => Found.Value;

    private static IReadOnlyList<MetadataReference> Find()
    {
        var framework = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Where(path =>
                Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")
            );
        string[] own =
        [
            typeof(Core.Configuration.RunConfig).Assembly.Location,
            typeof(ScriptReferences).Assembly.Location,
            typeof(TorchSharp.torch).Assembly.Location,
        ];
        return [.. framework.Concat(own).Select(path => MetadataReference.CreateFromFile(path))];
    }
}
