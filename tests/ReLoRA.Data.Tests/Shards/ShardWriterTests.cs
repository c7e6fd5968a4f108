using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

public sealed class ShardWriterTests
{
    [Fact]
    public void Equal_rows_give_equal_bytes()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        Assert.Equal(SmallData.ShardBytes(one, 1000), SmallData.ShardBytes(other, 1000));
    }

    [Fact]
    public void A_shard_has_its_name_only_when_it_is_complete()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("shard.arrow");
        using (var writer = new ShardWriter(path, SmallData.RowLength, SmallData.Vocabulary))
            writer.Add(SmallData.Row(0));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(4, DataFault.WrongRowLength)]
    [InlineData(6, DataFault.WrongRowLength)]
    public void A_row_of_another_length_is_refused(int length, DataFault expected)
    {
        using var folder = new TemporaryFolder();
        using var writer = new ShardWriter(folder.File("shard.arrow"), SmallData.RowLength, SmallData.Vocabulary);
        Assert.Equal(expected, Assert.Throws<DataException>(() => writer.Add(new int[length])).Fault);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(SmallData.Vocabulary)]
    public void An_id_out_of_range_is_refused(int id)
    {
        using var folder = new TemporaryFolder();
        using var writer = new ShardWriter(folder.File("shard.arrow"), 2, SmallData.Vocabulary);
        var fault = Assert.Throws<DataException>(() => writer.Add([0, id]));
        Assert.Equal(DataFault.TokenOutOfRange, fault.Fault);
        Assert.Contains($"token id {id}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var fault = Assert.Throws<DataException>(() => new ShardWriter("no/such/folder/shard.arrow", 2, 2));
        Assert.Contains("no/such/folder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_without_rows_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var writer = new ShardWriter(folder.File("shard.arrow"), SmallData.RowLength, SmallData.Vocabulary);
        Assert.Equal(DataFault.TooSmall, Assert.Throws<DataException>(writer.Complete).Fault);
    }

    [Fact]
    public void The_entry_describes_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("shard.arrow");
        using var writer = new ShardWriter(path, SmallData.RowLength, SmallData.Vocabulary);
        writer.Add(SmallData.Row(0));
        var entry = writer.Complete();
        Assert.Equal(("shard.arrow", 1L, new FileInfo(path).Length), (entry.File, entry.Rows, entry.Bytes));
        Assert.Equal(DataFiles.Sha256(path), entry.Sha256);
    }
}
