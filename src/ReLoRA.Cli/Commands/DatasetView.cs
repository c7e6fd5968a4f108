using System.Globalization;
using System.Text.Json;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Cli.Commands;

/// <summary>A dataset as <c>relora data inspect</c> prints it.</summary>
/// <param name="Data">The dataset.</param>
/// <param name="Statistics">Its statistics.</param>
/// <param name="Tokenizer">Its tokenizer, where it is known.</param>
internal sealed record DatasetView(TokenDataset Data, TokenStatistics Statistics, ITextTokenizer? Tokenizer)
{
    /// <summary>Prints it for people.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">How many of its first rows are shown.</param>
    public void Print(TextWriter output, int rows)
    {
        var (statistics, lengths) = (Statistics, Statistics.Documents);
        output.WriteLine($"{DataSummary.Of(Data.Folder, Data.Manifest)}, id {Data.ManifestHash[..12]}");
        output.WriteLine(
            Invariant(
                $"  tokens      {statistics.Distinct:N0} of {statistics.VocabularySize:N0} ids occur, {statistics.EntropyBits:F2} bits a token, {statistics.BytesPerToken:F2} bytes of text a token"
            )
        );
        output.WriteLine(
            Invariant(
                $"  documents   {lengths.Documents:N0} end here; tokens: shortest {lengths.Shortest:N0}, median {lengths.Median:N0}, mean {lengths.Mean:N1}, 90 % {lengths.NinetiethPercentile:N0}, longest {lengths.Longest:N0}"
            )
        );
        foreach (var (id, count) in statistics.MostFrequent)
            output.WriteLine(
                Invariant($"  {(double)count / statistics.Tokens, 8:P2} {count, 14:N0}  {id, 6}  {Text([id])}")
            );
        for (long row = 0; row < Math.Min(rows, Data.RowCount); row++)
            output.WriteLine(Invariant($"  row {row}  {Text(Ids(row))}"));
        if (Tokenizer is null)
            output.WriteLine("  (ids without text: name their tokenizer with --tokenizer)");
    }

    /// <summary>The same for programs.</summary>
    public object ToJson(int rows) =>
        new
        {
            Dataset = Data.Folder,
            ManifestSha256 = Data.ManifestHash,
            Data.Manifest,
            Statistics,
            Rows = Enumerable
                .Range(0, (int)Math.Min(rows, Data.RowCount))
                .Select(row => new { Ids = Ids(row), Text = Tokenizer?.Decode(Ids(row), skipSpecial: false) }),
        };

    private int[] Ids(long row)
    {
        var ids = new long[Data.RowLength];
        Data.ReadRow(row, ids);
        return Array.ConvertAll(ids, id => (int)id);
    }

    // Quoted, so that spaces and line ends are seen and a row is a line.
    private string Text(int[] ids) =>
        Tokenizer is null
            ? string.Join(' ', ids)
            : JsonSerializer.Serialize(Tokenizer.Decode(ids, skipSpecial: false), CommandJson.Options);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
