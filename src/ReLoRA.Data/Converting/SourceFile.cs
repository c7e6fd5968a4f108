namespace ReLoRA.Data.Converting;

/// <summary>A file of ids.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name in the manifest: relative to the folder that was given, else without folder.</param>
internal sealed record SourceFile(string Path, string Name);
