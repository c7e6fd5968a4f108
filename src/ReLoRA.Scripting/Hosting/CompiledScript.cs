namespace ReLoRA.Scripting.Hosting;

/// <summary>The output of the compiler.</summary>
/// <param name="Path">The script's absolute path.</param>
/// <param name="Assembly">The assembly.</param>
/// <param name="Symbols">Its portable PDB, so that exceptions carry script lines.</param>
/// <param name="References">The assemblies that the script names by <c>#r</c>.</param>
/// <param name="Sources">The text of the script and of all that it loads, by absolute path.</param>
/// <param name="UsesTensors">Whether it names a type of TorchSharp, and so may use tensors while it declares.</param>
internal sealed record CompiledScript(
    string Path,
    byte[] Assembly,
    byte[] Symbols,
    IReadOnlyList<string> References,
    IReadOnlyDictionary<string, string> Sources,
    bool UsesTensors
);
