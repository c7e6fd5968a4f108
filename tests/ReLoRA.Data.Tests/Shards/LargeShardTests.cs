using System.Buffers.Binary;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

public sealed class LargeShardTests
{
    private const int RowLength = 1_000_000;
    private const int Vocabulary = 1000;
    private const long TwoGibibytes = 1L << 31;

    [Fact]
    public void Rows_beyond_two_gibibytes_are_found()
    {
        using var folder = new TemporaryFolder();
        var (head, batch, body, tail) = Parts(SmallData.ShardBytes(folder, 1, RowLength, Vocabulary));
        var path = folder.File("large.arrow");
        var rows = TwoGibibytes / body.Length + 10;
        using (var file = File.Create(path))
        {
            file.Write(head);
            for (long row = 0; row < rows; row++)
            {
                file.Write(batch);
                // All rows but the last are holes in a sparse file: they read as zeros.
                if (row == rows - 1)
                    file.Write(body);
                else
                    file.Seek(body.Length, SeekOrigin.Current);
            }
            file.Write(tail);
        }
        using var shard = TokenShard.Open(path);
        Assert.True(new FileInfo(path).Length > TwoGibibytes);
        Assert.Equal(rows, shard.Rows);
        var ids = new long[RowLength];
        shard.ReadRow(rows - 1, Vocabulary, ids);
        Assert.Equal(SmallData.Row(0, RowLength, Vocabulary), ids.Select(id => (int)id));
        shard.ReadRow(rows - 2, Vocabulary, ids);
        Assert.All(ids, id => Assert.Equal(0, id));
    }

    // Magic and schema; the prefix and metadata of the only batch; its body; end mark and footer.
    private static (byte[] Head, byte[] Batch, byte[] Body, byte[] Tail) Parts(byte[] shard)
    {
        var batch = 8 + 8 + BinaryPrimitives.ReadInt32LittleEndian(shard.AsSpan(12));
        var body = batch + 8 + BinaryPrimitives.ReadInt32LittleEndian(shard.AsSpan(batch + 4));
        var bodyLength = (int)FlatTable.Root(shard.AsSpan(batch + 8)).Int64(3);
        var end = body + bodyLength;
        return (shard[..batch], shard[batch..body], shard[body..end], shard[end..]);
    }
}
