using System.Text.Json.Serialization;
using ReLoRA.Core.Accounting;
using ReLoRA.Data.Sampling;

namespace ReLoRA.Core.Training;

/// <summary>How far a run is. Together with weights and optimizer state it is all that a resume needs.</summary>
public sealed record TrainingState
{
    /// <summary>A run that has not begun.</summary>
    public static TrainingState Start { get; } = new();

    /// <summary>Completed updates. Default: 0.</summary>
    public long Step { get; init; }

    /// <summary>Tokens trained on. Default: 0.</summary>
    public long Tokens { get; init; }

    /// <summary>The next row of the sampler. Default: the first row of the first epoch.</summary>
    public SampleCursor Cursor { get; init; } = new(0, 0);

    /// <summary>The last update's training loss. Default: NaN, no update yet.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Updates that were left out since a loss or gradient was no finite number. Default: 0.</summary>
    public long Skipped { get; init; }

    /// <summary>How many of them were the last ones. Default: 0.</summary>
    public int SkippedInRow { get; init; }

    /// <summary>What the training loss has been of late. Default: nothing is known.</summary>
    public LossLevel Level { get; init; } = new();

    /// <summary>Seconds worked on the run in all sittings. Default: 0.</summary>
    public double Seconds { get; init; }

    /// <summary>The processes that trained it last. Default: null, one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? Ranks { get; init; }

    /// <summary>What they were spent on. Default: nothing.</summary>
    public Expenses Expenses { get; init; } = new();
}
