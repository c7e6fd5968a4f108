using ReLoRA.Data.Adopting;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Converting;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Hub;

/// <summary>Files of the cache are symbolic links, whose own size and time are not those of what they lead to.</summary>
public sealed class LinkedFileTests : IDisposable
{
    private static readonly long[][] Rows =
    [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parquet_behind_a_link_is_converted_as_the_file_itself()
    {
        Link("a.parquet", path => new ParquetSource().Write(path, Rows));

        var manifest = Conversion.Run(folder, "snapshot/a.parquet");

        Assert.Equal(new FileInfo(folder.File("blobs", "a.parquet")).Length, Assert.Single(manifest.Sources).Bytes);
        Assert.Equal("a.parquet", manifest.Sources[0].File);
    }

    [Fact]
    public void Arrow_behind_a_link_is_adopted_and_read()
    {
        Link("a.arrow", path => new ArrowSource().Write(path, Rows));

        var manifest = Adopt();

        Assert.Equal(new FileInfo(folder.File("blobs", "a.arrow")).Length, Assert.Single(manifest.Shards).Bytes);
        Thread.Sleep(ShardBytes.MillisecondsUnlooked * 2);
        using var dataset = TokenDataset.Open(folder.File("snapshot"));
        Assert.Equal(3, dataset.RowCount);
    }

    [Fact]
    public void Content_behind_a_link_that_is_written_anew_is_noticed()
    {
        Link("a.arrow", path => new ArrowSource().Write(path, Rows));
        Adopt();
        var blob = folder.File("blobs", "a.arrow");
        new ArrowSource().Write(
            blob,
            [
                [1, 2, 3],
                [4, 5, 6],
                [7, 8, 10],
            ]
        );
        File.SetLastWriteTimeUtc(blob, File.GetLastWriteTimeUtc(blob).AddMinutes(1));

        var fault = Assert.Throws<DataException>(() => TokenDataset.Open(folder.File("snapshot")));

        Assert.Equal(DataFault.Mismatch, fault.Fault);
    }

    private DatasetManifest Adopt() =>
        DatasetAdoption.Adopt(new AdoptOptions { Folder = folder.File("snapshot"), Origin = Conversion.Origin });

    private void Link(string name, Action<string> write)
    {
        Directory.CreateDirectory(folder.File("blobs"));
        Directory.CreateDirectory(folder.File("snapshot"));
        write(folder.File("blobs", name));
        File.CreateSymbolicLink(folder.File("snapshot", name), $"../blobs/{name}");
    }
}
