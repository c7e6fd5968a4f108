using ReLoRA.Data.Converting;
using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Streaming;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Streaming;

/// <summary>A repository of Parquet files of some rows each, and the folder that it is streamed to.</summary>
internal sealed class StreamedFolder : IDisposable
{
    public const int Files = 12;
    public const int RowsOfFile = 200;
    public const int RowLength = 33;

    private readonly TemporaryFolder folder = new();

    public StreamedFolder()
    {
        Source = Directory.CreateDirectory(folder.File("source")).FullName;
        for (var file = 0; file < Files; file++)
            new Support.ParquetSource().Write(
                Path.Combine(Source, $"train-{file:D5}.parquet"),
                SmallData.Rows(RowsOfFile, file * RowsOfFile, RowLength)
            );
        Hub = new FolderHub(Source);
        LargestFile = Directory.EnumerateFiles(Source).Max(path => new FileInfo(path).Length);
    }

    public string Source { get; }

    public FolderHub Hub { get; }

    public string Output => folder.File("out");

    public long LargestFile { get; }

    /// <summary>What a shard and the file it is made of take.</summary>
    public long LargestShard => LargestFile + (long)(1.01 * RowsOfFile * RowLength * sizeof(ushort));

    public StreamOptions Options =>
        new()
        {
            Source = new HubPullOptions
            {
                Repository = new HubRepository(RepositoryKind.Dataset, "lab/rows", "main"),
                Threads = 2,
            },
            Output = Output,
            Budget = 1 << 30,
            Origin = new IdOrigin { VocabularySize = SmallData.Vocabulary, EndOfText = "0" },
        };

    public Task<DatasetManifest> RunAsync(StreamOptions? options = null, CancellationToken stop = default) =>
        DatasetStreaming.RunAsync(Hub, options ?? Options, _ => { }, stop);

    /// <summary>Waits for the manifest, by which the folder becomes a dataset.</summary>
    public async Task<TokenDataset> OpenAsync()
    {
        while (!File.Exists(Path.Combine(Output, DatasetManifest.FileName)))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        return TokenDataset.Open(Output);
    }

    /// <summary>Bytes of everything in the folder but manifest and marks.</summary>
    public long BytesOnDisk()
    {
        var bytes = 0L;
        foreach (var path in Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories))
        {
            var file = new FileInfo(path);
            if (file.Name.Contains("tokens-", StringComparison.Ordinal) && file.Exists)
                bytes += file.Length;
        }
        return bytes;
    }

    public void Dispose() => folder.Dispose();
}
