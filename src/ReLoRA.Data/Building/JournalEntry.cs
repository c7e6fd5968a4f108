using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>A line of the journal: the plan, a source that was read to its end, or a shard with the state after it.</summary>
internal sealed record JournalEntry
{
    public BuildPlan? Plan { get; init; }

    public SourceEntry? Source { get; init; }

    public ShardEntry? Shard { get; init; }

    public BuildState? State { get; init; }
}
