using ReLoRA.Data.Shards;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Small datasets whose ids are known: token t of row r is (r * 31 + t) modulo the vocabulary.</summary>
internal static class SmallData
{
    public const int RowLength = 5;
    public const int Vocabulary = 97;

    public static int Token(long row, int at, int vocabulary = Vocabulary) => (int)((row * 31 + at) % vocabulary);

    public static int[] Row(long row, int rowLength = RowLength, int vocabulary = Vocabulary) =>
        [.. Enumerable.Range(0, rowLength).Select(at => Token(row, at, vocabulary))];

    /// <summary>Some rows, from one on.</summary>
    public static List<long[]> Rows(int count, int first = 0, int rowLength = RowLength) =>
        [.. Enumerable.Range(first, count).Select(row => Row(row, rowLength).Select(id => (long)id).ToArray())];

    /// <summary>Asserts that a dataset holds the rows from 0 on.</summary>
    public static void RequireRows(string folder, int count)
    {
        using var data = TokenDataset.Open(folder);
        Assert.Equal(count, data.RowCount);
        var row = new long[data.RowLength];
        for (var index = 0; index < count; index++)
        {
            data.ReadRow(index, row);
            Assert.Equal(Row(index, data.RowLength), row.Select(id => (int)id));
        }
    }

    /// <summary>Writes a dataset of shards with the given numbers of rows and returns its folder.</summary>
    public static string Write(
        TemporaryFolder folder,
        int[] rowsOfShards,
        int rowLength = RowLength,
        int vocabulary = Vocabulary
    ) => Write(folder.Path, rowsOfShards, rowLength, vocabulary);

    /// <summary>The same into a folder that exists.</summary>
    public static string Write(
        string folder,
        int[] rowsOfShards,
        int rowLength = RowLength,
        int vocabulary = Vocabulary
    )
    {
        var shards = new List<ShardEntry>();
        long row = 0;
        foreach (var rows in rowsOfShards)
        {
            using var writer = new ShardWriter(
                Path.Combine(folder, $"tokens-{shards.Count:D5}.arrow"),
                rowLength,
                vocabulary
            );
            for (var index = 0; index < rows; index++)
                writer.Add(Row(row++, rowLength, vocabulary));
            shards.Add(writer.Complete());
        }
        WriteManifest(folder, shards, row, rowLength, vocabulary);
        return folder;
    }

    /// <summary>Writes one shard and returns its bytes.</summary>
    public static byte[] ShardBytes(
        TemporaryFolder folder,
        int rows,
        int rowLength = RowLength,
        int vocabulary = Vocabulary
    )
    {
        var path = folder.File("shard.arrow");
        using var writer = new ShardWriter(path, rowLength, vocabulary);
        for (var index = 0; index < rows; index++)
            writer.Add(Row(index, rowLength, vocabulary));
        writer.Complete();
        return File.ReadAllBytes(path);
    }

    public static void EditManifest(string folder, Func<string, string> edit)
    {
        var path = Path.Combine(folder, DatasetManifest.FileName);
        File.WriteAllText(path, edit(File.ReadAllText(path)));
    }

    private static void WriteManifest(string folder, List<ShardEntry> shards, long rows, int rowLength, int vocabulary)
    {
        var manifest = new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = rowLength,
            Rows = rows,
            Tokens = rows * rowLength,
            DroppedTokens = 0,
            Documents = 1,
            TextBytes = 1,
            VocabularySize = vocabulary,
            EndOfText = 0,
            TokenType = TokenType.For(vocabulary),
            TokenizerSha256 = new string('0', 64),
            Shards = shards,
            Sources = [],
        };
        File.WriteAllBytes(Path.Combine(folder, DatasetManifest.FileName), ManifestJson.Write(manifest));
    }
}
