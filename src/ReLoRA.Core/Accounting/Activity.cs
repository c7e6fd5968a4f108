namespace ReLoRA.Core.Accounting;

/// <summary>What a run's time is spent on.</summary>
public enum Activity
{
    /// <summary>Forward, backward and update.</summary>
    Training,

    /// <summary>Losses on held-out text, and minimal pairs.</summary>
    Evaluation,

    /// <summary>Figures of the model's inside.</summary>
    Probing,

    /// <summary>Resets, their proofs included.</summary>
    Resetting,

    /// <summary>What of a checkpoint keeps the run waiting.</summary>
    Saving,
}
