using ReLoRA.Data.Sampling;

namespace ReLoRA.Core.Benchmarks;

/// <summary>Rows to time steps on: ids drawn at random, always the same.</summary>
internal static class RandomBatch
{
    /// <summary>Draws them.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="sequence">Tokens of a sequence; a row has one more.</param>
    /// <param name="vocabulary">Ids are below it.</param>
    public static TokenBatch Draw(int rows, int sequence, int vocabulary)
    {
        var random = new Random(0);
        var ids = new long[rows * (sequence + 1)];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = random.Next(vocabulary);
        return new TokenBatch(ids, rows, sequence + 1, SampleCursor.Start);
    }
}
