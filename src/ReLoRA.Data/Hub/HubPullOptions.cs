namespace ReLoRA.Data.Hub;

/// <summary>What is fetched of a repository.</summary>
public sealed record HubPullOptions
{
    /// <summary>The most files that are fetched at once.</summary>
    public const int MostThreads = 64;

    /// <summary>The repository and its revision.</summary>
    public required HubRepository Repository { get; init; }

    /// <summary>Patterns of the paths wanted; <c>*</c> stands for anything, <c>/</c> too, and <c>?</c> for one letter. Default: all files.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of paths that are left out of those. Default: none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files fetched at once, 1 to 64. Default: 4.</summary>
    public int Threads { get; init; } = 4;

    /// <summary>A folder that gets the files too, as hard links into the cache, or copies where there can be none. Default: none.</summary>
    public string? Output { get; init; }

    /// <summary>What is wrong with these options, a message each.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var fault in HubNames.Faults(Repository))
            yield return fault;
        if (Threads is < 1 or > MostThreads)
            yield return $"The number of threads is {Threads}; allowed: 1 to {MostThreads}. Correct --threads.";
        foreach (var (name, patterns) in new[] { ("include", Include), ("exclude", Exclude) })
        {
            if (patterns.Any(string.IsNullOrWhiteSpace))
                yield return $"A pattern of --{name} is empty; allowed: a path, or a pattern as in 'data/*.parquet'. Correct --{name}.";
        }
        if (Output is { } output && (output.Length == 0 || File.Exists(output)))
            yield return $"The output \"{output}\" is {(output.Length == 0 ? "empty" : "a file")}; allowed: a folder. Correct --output.";
    }

    /// <exception cref="DataException">Something is wrong; the message holds all of it.</exception>
    internal void Require()
    {
        if (Faults().ToList() is { Count: > 0 } faults)
            throw new DataException(DataFault.InvalidValue, string.Join('\n', faults));
    }
}
