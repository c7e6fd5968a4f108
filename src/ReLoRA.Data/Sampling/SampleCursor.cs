namespace ReLoRA.Data.Sampling;

/// <summary>A place in the order of the data.</summary>
/// <param name="Epoch">Passes over the data that are complete, from 0.</param>
/// <param name="Position">Rows of this epoch that were already delivered.</param>
public sealed record SampleCursor(long Epoch, long Position)
{
    /// <summary>Before the first row.</summary>
    public static SampleCursor Start { get; } = new(0, 0);
}
