namespace ReLoRA.Scripting.Slurm;

/// <summary>What all tasks of an array job have in common: <c>terms.json</c> of its orders.</summary>
public sealed record TaskTerms
{
    /// <summary>What the orders are known by; a job that reads another key looks at another folder.</summary>
    public required string Key { get; init; }

    /// <summary>The sweep's name.</summary>
    public required string Sweep { get; init; }

    /// <summary>Absolute path of the folder of runs.</summary>
    public required string Runs { get; init; }

    /// <summary>Threads of each process that trains.</summary>
    public required int Threads { get; init; }

    /// <summary>The device on which cells train.</summary>
    public required string Device { get; init; }

    /// <summary>Cells trained at once.</summary>
    public required int AtOnce { get; init; }

    /// <summary>Processes that train each cell together. Default: 1.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>The cells of each task, by id.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Tasks { get; init; }

    /// <summary>The host that submitted.</summary>
    public required string Host { get; init; }

    /// <summary>When it was prepared, ISO 8601, UTC.</summary>
    public required string Submitted { get; init; }

    /// <summary>The partition that was asked for; empty for the site's own.</summary>
    public required string Partition { get; init; }
}
