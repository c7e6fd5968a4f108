using System.Text.Json.Serialization;

namespace ReLoRA.Data.Converting;

/// <summary>A file to convert, as it was found.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last written: a file that changed since is another file.</param>
internal sealed record PlannedSource(string Name, long Bytes, long Modified)
{
    /// <summary>Where it is.</summary>
    [JsonIgnore]
    public string Path { get; private init; } = "";

    public static PlannedSource Of(SourceFile file)
    {
        return DataFiles.Guard(
            file.Path,
            "input file",
            () =>
            {
                var info = DataFiles.Info(file.Path);
                return new PlannedSource(file.Name, info.Length, info.LastWriteTimeUtc.Ticks) { Path = file.Path };
            }
        );
    }
}
