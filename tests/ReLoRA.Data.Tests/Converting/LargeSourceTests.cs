using System.Buffers.Binary;
using Apache.Arrow.Types;
using ReLoRA.Data.Adopting;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

/// <summary>A stream beyond two gibibytes: sparse, all rows but the last are zeros.</summary>
public sealed class LargeSourceTests : IDisposable
{
    private const int RowLength = 100_000;
    private const long TwoGibibytes = 1L << 31;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_beyond_two_gibibytes_are_found_in_place()
    {
        var rows = Write();
        using var shard = TokenShard.Open(folder.File("data", "large.arrow"));
        Assert.Equal(rows, shard.Rows);
        RequireLast(rows, (row, ids) => shard.ReadRow(row, SmallData.Vocabulary, ids));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Files_beyond_two_gibibytes_are_adopted_and_converted()
    {
        var rows = Write();
        Conversion.Run(folder, "data");
        using (var data = TokenDataset.Open(folder.File("out")))
            RequireLast(rows, data.ReadRow);
        DatasetAdoption.Adopt(new AdoptOptions { Folder = folder.File("data"), Origin = Conversion.Origin });
        using (var data = TokenDataset.Open(folder.File("data")))
            RequireLast(rows, data.ReadRow);
    }

    private delegate void Reader(long row, Span<long> ids);

    private static void RequireLast(long rows, Reader read)
    {
        var ids = new long[RowLength];
        read(rows - 1, ids);
        Assert.Equal(SmallData.Row(0, RowLength), ids.Select(id => (int)id));
        read(rows - 2, ids);
        Assert.All(ids, id => Assert.Equal(0, id));
    }

    private long Write()
    {
        Directory.CreateDirectory(folder.File("data"));
        var path = folder.File("data", "large.arrow");
        new ArrowSource
        {
            Lists = "FixedSizeList",
            Ids = Int64Type.Default,
            RowsPerBatch = 1,
        }.Write(path, SmallData.Rows(1, rowLength: RowLength));
        var whole = File.ReadAllBytes(path);
        var batch = 8 + BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(4));
        var body = batch + 8 + BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(batch + 4));
        var end = whole.Length - 8;
        var rows = TwoGibibytes / (end - body) + 10;
        using var file = File.Create(path);
        file.Write(whole, 0, batch);
        for (long row = 0; row < rows; row++)
        {
            file.Write(whole, batch, body - batch);
            if (row == rows - 1)
                file.Write(whole, body, end - body);
            else
                file.Seek(end - body, SeekOrigin.Current);
        }
        file.Write(whole, end, 8);
        return rows;
    }
}
