using ReLoRA.Data.Building;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>Parquet files of rows of ids: each is fetched, converted into a shard, and removed.</summary>
internal sealed class ParquetSource(IHub hub, HubListing listing, IReadOnlyList<HubFile> files, StreamOptions options)
    : IStreamSource
{
    // Headers of the Arrow file and its batches.
    private const double Overhead = 1.01;

    private readonly StreamFolder folder = new(options.Output);

    public async Task<DatasetManifest> DescribeAsync(Action<StreamProgress> progress, CancellationToken stop)
    {
        var ids = IdSpace.Of(options.Origin);
        var rows = new long[files.Count];
        var known = 0;
        await Parallel
            .ForAsync(
                0,
                files.Count,
                new ParallelOptions { MaxDegreeOfParallelism = 4 * options.Source.Threads, CancellationToken = stop },
                async (index, cancelled) =>
                {
                    rows[index] = await ParquetFooter
                        .RowsAsync(hub, listing, files[index], options.Column, cancelled)
                        .ConfigureAwait(false);
                    progress(StreamProgress.Describing(Interlocked.Increment(ref known), files.Count));
                }
            )
            .ConfigureAwait(false);
        var first = await FetchAsync(0, _ => { }, stop).ConfigureAwait(false);
        var length = RowSource.RowLengthOf(first, options.Column);
        return ConvertedManifest.Of(
            ids,
            length,
            [
                .. files.Select(
                    (file, i) => new ShardEntry(BuildFolder.ShardName(i), rows[i], file.Bytes, file.ContentName)
                ),
            ],
            [.. files.Select(file => new SourceEntry(file.Path, file.Bytes, file.ContentName))]
        ) with
        {
            Streamed = new StreamOrigin(listing.Repository.Name, listing.Commit, options.Column),
        };
    }

    public void RequireSame(DatasetManifest manifest)
    {
        if (
            manifest.Sources.Select(source => source.File).SequenceEqual(files.Select(file => file.Path))
            && manifest.Streamed!.Column == options.Column
        )
            return;
        throw new DataException(
            DataFault.Mismatch,
            $"{options.Output}: holds a stream of other files or another column of {listing.Repository.Name} ({manifest.Sources.Count} files of column "
                + $"\"{manifest.Streamed!.Column}\"; asked for: {files.Count} of \"{options.Column}\"). Give the options that it was begun with, or another folder."
        );
    }

    public long BytesComing(DatasetManifest manifest, int index) =>
        files[index].Bytes
        + (long)(Overhead * manifest.Shards[index].Rows * manifest.RowLength * TokenType.BytesOf(manifest.TokenType));

    public async Task BringAsync(DatasetManifest manifest, int index, Action<long> received, CancellationToken stop)
    {
        var path = await FetchAsync(index, received, stop).ConfigureAwait(false);
        var shard = Path.Combine(options.Output, manifest.Shards[index].File);
        using (var conversion = new FileConversion(path, shard, manifest.RowLength, manifest.VocabularySize))
        {
            conversion.Read(options.Column, _ => stop.ThrowIfCancellationRequested());
            conversion.Complete();
        }
        File.Delete(path);
    }

    private async Task<string> FetchAsync(int index, Action<long> received, CancellationToken stop)
    {
        var path = Path.Combine(folder.IncomingPath, BuildFolder.ShardName(index) + ".parquet");
        // Whole since the description or an earlier sitting: it has its name only when its hash is right.
        if (!File.Exists(path))
            await hub.FetchAsync(listing, files[index], path, received, stop).ConfigureAwait(false);
        return path;
    }
}
