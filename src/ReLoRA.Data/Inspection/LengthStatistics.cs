namespace ReLoRA.Data.Inspection;

/// <summary>Lengths of whole documents, in tokens without end of text.</summary>
/// <param name="Documents">Documents that end in the rows.</param>
/// <param name="Shortest">The shortest.</param>
/// <param name="Median">Half of them are not longer.</param>
/// <param name="Mean">The mean.</param>
/// <param name="NinetiethPercentile">Nine of ten are not longer.</param>
/// <param name="Longest">The longest.</param>
public sealed record LengthStatistics(
    long Documents,
    long Shortest,
    long Median,
    double Mean,
    long NinetiethPercentile,
    long Longest
)
{
    /// <summary>Statistics of counted lengths.</summary>
    internal static LengthStatistics Of(SortedDictionary<long, long> counts)
    {
        var documents = counts.Values.Sum();
        if (documents == 0)
            return new LengthStatistics(0, 0, 0, 0, 0, 0);
        var mean = counts.Sum(entry => (double)entry.Key * entry.Value) / documents;
        return new LengthStatistics(
            documents,
            counts.Keys.First(),
            Quantile(0.5),
            mean,
            Quantile(0.9),
            counts.Keys.Last()
        );

        long Quantile(double share)
        {
            var wanted = (long)Math.Ceiling(share * documents);
            foreach (var (length, count) in counts)
            {
                wanted -= count;
                if (wanted <= 0)
                    return length;
            }
            return counts.Keys.Last();
        }
    }
}
