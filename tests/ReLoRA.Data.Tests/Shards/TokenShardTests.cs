using Apache.Arrow;
using Apache.Arrow.Ipc;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

public sealed class TokenShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(30_000)] // More than one batch.
    public void Rows_come_back_as_they_were_written(int rows)
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, rows);
        using var shard = TokenShard.Open(folder.File("shard.arrow"));
        Assert.Equal(rows, shard.Rows);
        Assert.Equal("uint16", shard.StoredType);
        RequireRows(shard, SmallData.Vocabulary);
    }

    [Fact]
    public void A_large_vocabulary_is_stored_in_32_bits()
    {
        const int Vocabulary = 65_537;
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 5000, vocabulary: Vocabulary);
        using var shard = TokenShard.Open(folder.File("shard.arrow"));
        Assert.Equal("int32", shard.StoredType);
        RequireRows(shard, Vocabulary);
    }

    [Fact]
    public async Task Arrows_own_reader_sees_the_same_rows()
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 30_000);
        using var reader = new ArrowFileReader(File.OpenRead(folder.File("shard.arrow")));
        long row = 0;
        while (await reader.ReadNextRecordBatchAsync(TestContext.Current.CancellationToken) is { } batch)
        {
            var lists = (FixedSizeListArray)batch.Column("input_ids");
            var ids = ((UInt16Array)lists.Values).Values.ToArray();
            for (var index = 0; index < batch.Length; index++, row++)
            {
                var found = ids.Skip(index * SmallData.RowLength).Take(SmallData.RowLength).Select(id => (int)id);
                if (row % 1000 == 0)
                    Assert.Equal(SmallData.Row(row), found);
            }
        }
        Assert.Equal(30_000, row);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_typed_fault()
    {
        using var folder = new TemporaryFolder();
        var whole = SmallData.ShardBytes(folder, 3);
        var path = folder.File("cut.arrow");
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var fault = Assert.Throws<DataException>(() => TokenShard.Open(path));
            Assert.Contains(fault.Fault, new[] { DataFault.Truncated, DataFault.Damaged });
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_read_or_a_typed_fault()
    {
        using var folder = new TemporaryFolder();
        var whole = SmallData.ShardBytes(folder, 3);
        var path = folder.File("changed.arrow");
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var change in new byte[] { 0x01, 0x80, 0xFF })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= change;
                File.WriteAllBytes(path, changed);
                ReadAllOrFault(path);
            }
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("text.arrow");
        File.WriteAllText(path, "this is no Arrow file, and it is long enough to look like one");
        Assert.Contains(
            "ARROW1",
            Assert.Throws<DataException>(() => TokenShard.Open(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Other_columns_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("other.arrow");
        var schema = new Schema([new Field("text", Apache.Arrow.Types.StringType.Default, true)], null);
        using (var file = File.Create(path))
        using (var writer = new ArrowFileWriter(file, schema))
        using (var batch = new RecordBatch(schema, [new StringArray.Builder().Append("x").Build()], 1))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        var fault = Assert.Throws<DataException>(() => TokenShard.Open(path));
        Assert.Equal(DataFault.Unsupported, fault.Fault);
        Assert.Contains("\"text\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_beyond_the_vocabulary_names_its_place()
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 3);
        using var shard = TokenShard.Open(folder.File("shard.arrow"));
        var fault = Assert.Throws<DataException>(() => shard.ReadRow(1, 32, new long[SmallData.RowLength]));
        Assert.Equal(DataFault.TokenOutOfRange, fault.Fault);
        Assert.Contains("row 1, token 1 is 32", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_removed_while_it_is_read_is_a_typed_fault_that_names_file_and_byte()
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 3);
        using var shard = TokenShard.Open(folder.File("shard.arrow"));
        File.Delete(folder.File("shard.arrow"));
        Thread.Sleep(ShardBytes.MillisecondsUnlooked + 20);
        var fault = Assert.Throws<DataException>(() => shard.ReadRow(1, 97, new long[SmallData.RowLength]));
        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains(
            "shard.arrow: the shard was removed while it was being read, at byte",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_shard_that_is_cut_while_it_is_mapped_is_a_typed_fault_and_does_not_end_the_process()
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 30_000);
        using var shard = TokenShard.Open(folder.File("shard.arrow"));
        using (
            var file = new FileStream(folder.File("shard.arrow"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
        )
            file.SetLength(1000);
        Thread.Sleep(ShardBytes.MillisecondsUnlooked + 20);
        var fault = Assert.Throws<DataException>(() => shard.ReadRow(29_999, 97, new long[SmallData.RowLength]));
        Assert.Equal(DataFault.Truncated, fault.Fault);
    }

    [Fact]
    public void A_disposed_shard_is_not_read()
    {
        using var folder = new TemporaryFolder();
        SmallData.ShardBytes(folder, 3);
        var shard = TokenShard.Open(folder.File("shard.arrow"));
        shard.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
            shard.ReadRow(0, SmallData.Vocabulary, new long[SmallData.RowLength])
        );
    }

    private static void RequireRows(TokenShard shard, int vocabulary)
    {
        var row = new long[SmallData.RowLength];
        for (long index = 0; index < shard.Rows; index++)
        {
            shard.ReadRow(index, vocabulary, row);
            for (var at = 0; at < row.Length; at++)
            {
                if (row[at] != SmallData.Token(index, at, vocabulary))
                    Assert.Fail($"row {index}, token {at} is {row[at]}");
            }
        }
    }

    private static void ReadAllOrFault(string path)
    {
        try
        {
            using var shard = TokenShard.Open(path);
            var row = new long[shard.RowLength];
            for (long index = 0; index < shard.Rows; index++)
                shard.ReadRow(index, SmallData.Vocabulary, row);
        }
        catch (DataException fault)
        {
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        }
    }
}
