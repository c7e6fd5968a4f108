namespace ReLoRA.Results.Runs;

/// <summary>The plan of a sweep and where it came from: <c>sweep.json</c>.</summary>
public sealed record SweepFile
{
    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>The cells, in the plan's order.</summary>
    public required IReadOnlyList<SweepCell> Cells { get; init; }

    /// <summary>Script text and path, git commit, package versions, runtime, time of creation. Default: empty.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a plan.</summary>
    /// <param name="path"><c>sweep.json</c>.</param>
    /// <returns>The plan; null where there is no file.</returns>
    /// <exception cref="RunFileException">The file is no plan.</exception>
    public static SweepFile? Read(string path) => RunJson.Read<SweepFile>(path);

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>sweep.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
