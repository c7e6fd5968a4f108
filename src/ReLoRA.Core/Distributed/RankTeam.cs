using ReLoRA.Data.Sampling;

namespace ReLoRA.Core.Distributed;

/// <summary>The processes that train one run, as one of them sees them.</summary>
public sealed record RankTeam
{
    /// <summary>The exit code of a process that ends a stuck run.</summary>
    public const int StuckCode = 79;

    /// <summary>A run of one process.</summary>
    public static RankTeam Alone { get; } = new();

    /// <summary>What they talk through. Default: nothing, there is one.</summary>
    public ICollective Collective { get; init; } = LocalCollective.Only;

    /// <summary>How long no process may show a sign of life before the run is ended. Default: null, for ever.</summary>
    public TimeSpan? HangAfter { get; init; }

    /// <summary>The process that the run's status names, which is the launcher's where one was started for it. Default: null, this one.</summary>
    public int? LaunchedAs { get; init; }

    /// <summary>This process's part of each batch.</summary>
    public WorkerShare Share => new(Collective.Rank, Collective.Size);

    /// <summary>Whether this process logs, evaluates and saves.</summary>
    public bool Leads => Collective.Rank == 0;

    /// <summary>Whether there is anybody else.</summary>
    public bool IsSeveral => Collective.Size > 1;
}
