namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Chooses some of many so that they are spread evenly from the first on: the same ones each time.</summary>
internal static class EvenSpread
{
    /// <summary>The places chosen, in order.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">How many are taken at most; 0 takes all.</param>
    public static IEnumerable<long> Of(long count, long most)
    {
        var taken = most == 0 ? count : Math.Min(most, count);
        for (var i = 0L; i < taken; i++)
            yield return (long)((Int128)i * count / taken);
    }
}
