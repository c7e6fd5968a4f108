namespace ReLoRA.Results.Runs;

/// <summary>The places inside one sweep's folder.</summary>
public sealed class SweepFolder
{
    internal SweepFolder(string name, string path)
    {
        Name = name;
        Path = path;
    }

    /// <summary>The sweep's name.</summary>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The plan and its provenance: <see cref="SweepFile"/>.</summary>
    public string PlanPath => System.IO.Path.Combine(Path, "sweep.json");

    /// <summary>Held by the process that runs the sweep: <see cref="FileLock"/>.</summary>
    public string LockPath => System.IO.Path.Combine(Path, "lock");
}
