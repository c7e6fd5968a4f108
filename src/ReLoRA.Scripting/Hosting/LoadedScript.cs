using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>A script that was executed. Dispose it when its sweeps are no longer needed: their lambdas are its code.</summary>
public sealed class LoadedScript : IDisposable
{
    private readonly ScriptLoadContext? context;

    internal LoadedScript(
        string path,
        IReadOnlyList<SweepDeclaration> sweeps,
        IReadOnlyDictionary<string, string> sources,
        ScriptLoadContext? context
    ) => (Path, Sweeps, Sources, this.context) = (path, sweeps, sources, context);

    /// <summary>The script's absolute path.</summary>
    public string Path { get; }

    /// <summary>The script's folder, where datasets are looked for first.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The sweeps it declared, in order; at least one.</summary>
    public IReadOnlyList<SweepDeclaration> Sweeps { get; }

    /// <summary>The text of the script and of all that it loads, by absolute path.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    /// <inheritdoc/>
    public void Dispose() => context?.Unload();
}
