using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

public sealed class TokenDatasetTests
{
    [Fact]
    public void Rows_run_through_all_shards()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3, 1, 5]));
        Assert.Equal(9, data.RowCount);
        var row = new long[data.RowLength];
        for (long index = 0; index < data.RowCount; index++)
        {
            data.ReadRow(index, row);
            Assert.Equal(SmallData.Row(index), row.Select(id => (int)id));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ReadRow(9, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ReadRow(-1, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ReadRow(0, new long[4]));
    }

    [Fact]
    public void Many_threads_read_at_once()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [700, 300]));
        Parallel.For(
            0,
            20_000,
            index =>
            {
                var row = new long[data.RowLength];
                data.ReadRow(index % 1000, row);
                Assert.Equal(SmallData.Token(index % 1000, 4), row[4]);
            }
        );
    }

    [Fact]
    public void The_hash_does_not_depend_on_the_folder()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var first = TokenDataset.Open(SmallData.Write(one, [3]));
        using var second = TokenDataset.Open(SmallData.Write(other, [3]));
        using var third = new TemporaryFolder();
        using var different = TokenDataset.Open(SmallData.Write(third, [4]));
        Assert.Equal(first.ManifestHash, second.ManifestHash);
        Assert.NotEqual(first.ManifestHash, different.ManifestHash);
        Assert.Equal(64, first.ManifestHash.Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        RequireFault(DataFault.Missing, "no/such/folder", () => TokenDataset.Open("no/such/folder"));
    }

    [Fact]
    public void A_folder_without_a_manifest_is_no_dataset()
    {
        using var folder = new TemporaryFolder();
        RequireFault(DataFault.Missing, "relora data build", () => TokenDataset.Open(folder.Path));
    }

    [Fact]
    public void A_shard_that_is_gone_is_named()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [3, 3]);
        File.Delete(folder.File("tokens-00001.arrow"));
        RequireFault(DataFault.Missing, "tokens-00001.arrow", () => TokenDataset.Open(folder.Path));
    }

    [Fact]
    public void A_shard_that_is_cut_short_is_named_with_both_sizes()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [3]);
        var shard = folder.File("tokens-00000.arrow");
        var bytes = File.ReadAllBytes(shard);
        File.WriteAllBytes(shard, bytes[..^1]);
        RequireFault(
            DataFault.Truncated,
            $"{bytes.Length - 1} bytes; its manifest says {bytes.Length}",
            () => TokenDataset.Open(folder.Path)
        );
    }

    [Fact]
    public void A_shard_that_grew_is_not_its_manifests()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [3]);
        File.AppendAllText(folder.File("tokens-00000.arrow"), "x");
        RequireFault(DataFault.Mismatch, "its manifest says", () => TokenDataset.Open(folder.Path));
    }

    [Fact]
    public void Another_row_length_than_asked_for_is_refused_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        using var data = TokenDataset.Open(SmallData.Write(folder, [3]));
        data.RequireSequenceLength(SmallData.RowLength - 1);
        RequireFault(DataFault.WrongRowLength, "Set it to 4 or build", () => data.RequireSequenceLength(128));
    }

    [Fact]
    public void An_id_beyond_the_manifests_vocabulary_is_refused()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [10]);
        SmallData.EditManifest(
            folder.Path,
            text => text.Replace("\"vocabulary_size\": 97", "\"vocabulary_size\": 50", StringComparison.Ordinal)
        );
        using var data = TokenDataset.Open(folder.Path);
        RequireFault(DataFault.TokenOutOfRange, "tokens-00000.arrow", () => data.ReadRow(2, new long[data.RowLength]));
    }

    private static void RequireFault(DataFault expected, string named, Action action)
    {
        var fault = Assert.Throws<DataException>(action);
        Assert.Equal(expected, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }
}
