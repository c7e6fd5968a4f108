namespace ReLoRA.Data.Sampling;

/// <summary>Whole numbers in given shares, by largest remainders (Hamilton).</summary>
internal static class Apportionment
{
    /// <summary>How much of a total each share gets; the counts add up to the total.</summary>
    /// <param name="shares">Shares that add up to 1.</param>
    /// <param name="total">What is shared.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> shares, int total)
    {
        var exact = shares.Select(share => share / shares.Sum() * total).ToList();
        var counts = exact.Select(share => (int)Math.Floor(share)).ToArray();
        // Equal remainders go to the first: sorting is stable.
        var byRemainder = Enumerable.Range(0, counts.Length).OrderByDescending(index => exact[index] - counts[index]);
        foreach (var index in byRemainder.Take(total - counts.Sum()).ToList())
            counts[index]++;
        return counts;
    }
}
