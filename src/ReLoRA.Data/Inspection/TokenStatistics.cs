using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Inspection;

/// <summary>What the tokens of a dataset are like.</summary>
/// <param name="Tokens">Tokens of all rows.</param>
/// <param name="Distinct">Different ids among them.</param>
/// <param name="VocabularySize">Ids that there could be.</param>
/// <param name="EntropyBits">Entropy of the ids' frequencies in bits a token, whatever comes before them.</param>
/// <param name="BytesPerToken">Bytes of text a token; end-of-text tokens count as tokens.</param>
/// <param name="Documents">Lengths of the documents.</param>
/// <param name="MostFrequent">The most frequent ids, the most frequent first; of equally frequent ones the smaller id first.</param>
public sealed record TokenStatistics(
    long Tokens,
    int Distinct,
    int VocabularySize,
    double EntropyBits,
    double BytesPerToken,
    LengthStatistics Documents,
    IReadOnlyList<TokenCount> MostFrequent
)
{
    /// <summary>Reads every row.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="top">How many of the most frequent ids to list.</param>
    /// <param name="progress">Told the rows read so far, now and then.</param>
    /// <exception cref="DataException">An id is out of range.</exception>
    public static TokenStatistics Of(TokenDataset data, int top, Action<long>? progress = null)
    {
        var counts = new long[data.VocabularySize];
        var lengths = new SortedDictionary<long, long>();
        var row = new long[data.RowLength];
        long length = 0;
        for (long index = 0; index < data.RowCount; index++)
        {
            data.ReadRow(index, row);
            foreach (var id in row)
            {
                counts[id]++;
                length++;
                if (id != data.Manifest.EndOfText)
                    continue;
                lengths[length - 1] = lengths.GetValueOrDefault(length - 1) + 1;
                length = 0;
            }
            if (index % 4096 == 0)
                progress?.Invoke(index);
        }
        var all = data.Manifest.Tokens;
        var stored = data.Manifest.Tokens + data.Manifest.DroppedTokens;
        return new TokenStatistics(
            all,
            counts.Count(count => count > 0),
            data.VocabularySize,
            counts.Where(count => count > 0).Sum(count => -(double)count / all * Math.Log2((double)count / all)),
            stored == 0 ? 0 : (double)data.Manifest.TextBytes / stored,
            LengthStatistics.Of(lengths),
            [
                .. counts
                    .Select((count, id) => new TokenCount(id, count))
                    .Where(entry => entry.Count > 0)
                    .OrderByDescending(entry => entry.Count)
                    .ThenBy(entry => entry.Id)
                    .Take(top),
            ]
        );
    }
}
