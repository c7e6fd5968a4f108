using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>A row for each window and each chunk that is scored.</summary>
internal static class PerplexityTable
{
    private const long Unknown = -1;

    public static ItemTable Of(IReadOnlyList<PerplexityItem> items, IReadOnlyList<ItemScore?> scores)
    {
        var rows = items
            .Zip(scores)
            .Where(row => row.Second is not null)
            .Select(row => (Item: row.First, Score: row.Second!.Alternatives[0]))
            .ToList();
        return new ItemTable([
            Column("kind", row => row.Item.Document is null ? "chunk" : "window"),
            Column("source", row => row.Item.Document?.Source ?? row.Item.Chunk!.Source),
            Column("domain", row => row.Item.Document?.Domain ?? ""),
            Column("name", row => row.Item.Document?.Name ?? row.Item.Chunk!.Name),
            Column("window", row => (long)row.Item.Window),
            Column("windows", row => (long)row.Item.Windows),
            Column("tokens", row => (long)row.Score.Tokens),
            Column("log_probability_nats", row => row.Score.LogProbability),
            Column("document_bytes", row => row.Item.Document?.Bytes ?? Unknown),
            Column("document_words", row => row.Item.Document?.Words ?? Unknown),
        ]);

        ItemColumn Column<T>(string name, Func<(PerplexityItem Item, SequenceScore Score), T> value) =>
            new(name, rows.Select(value).ToArray());
    }
}
