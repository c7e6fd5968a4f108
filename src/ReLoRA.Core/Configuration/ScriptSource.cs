namespace ReLoRA.Core.Configuration;

/// <summary>The script whose figures a cell's probes compute: the worker executes it again to have its lambdas.</summary>
public sealed record ScriptSource
{
    /// <summary>The script's absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>What it sees as <c>args</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The sweep that declares the probes.</summary>
    public required string Sweep { get; init; }
}
