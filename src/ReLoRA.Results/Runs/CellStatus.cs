namespace ReLoRA.Results.Runs;

/// <summary>How far a cell is: <c>status.json</c>. For displays only; what counts stands in the log.</summary>
public sealed record CellStatus
{
    /// <summary><c>waiting</c>, <c>running</c>, <c>stopped</c>, <c>paused</c>, <c>finished</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Completed steps. Default: 0.</summary>
    public long Step { get; init; }

    /// <summary>Steps of the whole run. Default: 0, not known.</summary>
    public long Steps { get; init; }

    /// <summary>Steps completed in this sitting, on which the rate rests. Default: 0.</summary>
    public long StepsOfSitting { get; init; }

    /// <summary>The last training loss, in nats per token. Default: NaN, not known.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>The recent rate. Default: NaN, not known.</summary>
    public double TokensPerSecond { get; init; } = double.NaN;

    /// <summary>Estimated seconds to the end. Default: NaN, not known.</summary>
    public double SecondsLeft { get; init; } = double.NaN;

    /// <summary>The worker's process id. Default: 0, none.</summary>
    public int ProcessId { get; init; }

    /// <summary>The machine that the worker runs on. Default: empty, not known: this one.</summary>
    public string Host { get; init; } = "";

    /// <summary>For people, for example why the cell failed. Default: empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What is trained: parameters, memory, operations and tokens, in a sentence. Default: empty, not known yet.</summary>
    public string Facts { get; init; } = "";

    /// <summary>When this was written, ISO 8601, UTC. Default: empty.</summary>
    public string Updated { get; init; } = "";

    /// <summary>Reads a status.</summary>
    /// <param name="path"><c>status.json</c>.</param>
    /// <returns>The status; null where there is no file.</returns>
    /// <exception cref="RunFileException">The file is no status.</exception>
    public static CellStatus? Read(string path) => RunJson.Read<CellStatus>(path);

    /// <summary>Replaces the file.</summary>
    /// <param name="path"><c>status.json</c>.</param>
    public void Write(string path) => RunJson.Write(path, this);
}
