using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>A dataset of ours that was put on the hub: a manifest and its shards, which come as they are.</summary>
internal sealed class ShardSource(IHub hub, HubListing listing, HubFile manifestFile, StreamOptions options)
    : IStreamSource
{
    private readonly Dictionary<string, HubFile> files = listing.Files.ToDictionary(file => file.Path);
    private readonly string place = $"{listing.Repository.Name}/{manifestFile.Path}";

    public async Task<DatasetManifest> DescribeAsync(Action<StreamProgress> progress, CancellationToken stop)
    {
        var path = Path.Combine(new StreamFolder(options.Output).IncomingPath, DatasetManifest.FileName);
        File.Delete(path);
        await hub.FetchAsync(listing, manifestFile, path, _ => { }, stop).ConfigureAwait(false);
        var manifest = ManifestJson.Parse(DataFiles.ReadAllBytes(path, "manifest"), place);
        File.Delete(path);
        RequireSame(manifest);
        progress(StreamProgress.Describing(manifest.Shards.Count, manifest.Shards.Count));
        return manifest with { Streamed = new StreamOrigin(listing.Repository.Name, listing.Commit, Column: null) };
    }

    public void RequireSame(DatasetManifest manifest)
    {
        foreach (var shard in manifest.Shards)
            RequireSame(shard);
    }

    public long BytesComing(DatasetManifest manifest, int index) => manifest.Shards[index].Bytes;

    public async Task BringAsync(DatasetManifest manifest, int index, Action<long> received, CancellationToken stop)
    {
        var shard = manifest.Shards[index];
        var path = Path.Combine(options.Output, shard.File);
        await hub.FetchAsync(listing, FileOf(shard)!, path, received, stop).ConfigureAwait(false);
    }

    private HubFile? FileOf(ShardEntry shard) =>
        files.GetValueOrDefault(manifestFile.Path[..^DatasetManifest.FileName.Length] + shard.File);

    private void RequireSame(ShardEntry shard)
    {
        var file = FileOf(shard);
        var found = file switch
        {
            null => "is not there",
            _ when file.Bytes != shard.Bytes => $"has {file.Bytes} bytes, and by the manifest {shard.Bytes}",
            _ when file.Sha256 is { } hash && hash != shard.Sha256 =>
                $"has SHA-256 {hash}, and by the manifest {shard.Sha256}",
            _ => null,
        };
        if (found is not null)
            throw new DataException(
                DataFault.Mismatch,
                $"{place}: its shard {shard.File} {found}. The repository is not whole: upload the dataset anew."
            );
    }
}
