namespace ReLoRA.Data.Sampling;

/// <summary>One of several workers on the same batches: worker r of W reads rows r, r + W, r + 2 W and so on of each.</summary>
/// <param name="Rank">Its number, from 0.</param>
/// <param name="Workers">How many there are.</param>
public sealed record WorkerShare(int Rank, int Workers)
{
    /// <summary>The only worker.</summary>
    public static WorkerShare All { get; } = new(0, 1);
}
