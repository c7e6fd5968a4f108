using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>
/// Brings the shards of a dataset on the hub as its readers need them, and takes away those they are done with, within a disk budget. Training
/// reads the folder meanwhile like any other dataset.
/// </summary>
public static class DatasetStreaming
{
    /// <summary>Works until every shard is there, which a budget smaller than the dataset never allows, or until it is stopped.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Told several times a second.</param>
    /// <param name="stop">Stops it; the same call then goes on.</param>
    /// <returns>The dataset's manifest.</returns>
    /// <exception cref="DataException">
    /// Another process brings shards to this folder or it holds something else (<see cref="DataFault.Exists"/>), the budget is too small
    /// (<see cref="DataFault.InvalidValue"/>), or hub, files or disk are at fault.
    /// </exception>
    public static async Task<DatasetManifest> RunAsync(
        IHub hub,
        StreamOptions options,
        Action<StreamProgress> progress,
        CancellationToken stop
    )
    {
        var folder = new StreamFolder(options.Output);
        var path = Path.Combine(options.Output, DatasetManifest.FileName);
        // Before anything is written: a folder of something else is left as it is.
        var earlier = File.Exists(path) ? Earlier(path, options) : null;
        DataFiles.Guard(options.Output, "output folder", () => Directory.CreateDirectory(folder.IncomingPath));
        using var held = Hold(folder);
        // A branch may have moved on meanwhile; a dataset stays what it was.
        var wanted = earlier is null ? options.Source : At(options.Source, earlier.Streamed!.Commit);
        var listing = await HubPull.SelectAsync(wanted, hub, stop).ConfigureAwait(false);
        var source = StreamSource.Of(hub, listing, options);
        if (earlier is not null)
            source.RequireSame(earlier);
        var manifest = earlier ?? await source.DescribeAsync(progress, stop).ConfigureAwait(false);
        RequireBudget(options.Budget, manifest, source);
        if (earlier is null)
            DataFiles.Publish(path, ManifestJson.Write(manifest));
        await new ShardBringer(options, manifest, source, progress).WorkAsync(stop).ConfigureAwait(false);
        return manifest;
    }

    private static HubPullOptions At(HubPullOptions options, string commit) =>
        options with
        {
            Repository = options.Repository with { Revision = commit },
        };

    private static FileStream Hold(StreamFolder folder) =>
        DataFiles.Guard(folder.LockPath, "file", () => HeldFile.TryHold(folder.LockPath))
        ?? throw new DataException(
            DataFault.Exists,
            $"{folder.Path}: another process brings shards to this folder. Let it go on, or stop it first."
        );

    private static DatasetManifest Earlier(string path, StreamOptions options)
    {
        var manifest = ManifestJson.Parse(DataFiles.ReadAllBytes(path, "manifest"), path);
        if (manifest.Streamed?.Repository == options.Source.Repository.Name)
            return manifest;
        var found = manifest.Streamed is { } other ? $"a stream of {other.Repository}" : "a dataset that is no stream";
        throw new DataException(
            DataFault.Exists,
            $"{options.Output}: holds {found}, where {options.Source.Repository.Name} is to be streamed to. Give another folder."
        );
    }

    private static void RequireBudget(long budget, DatasetManifest manifest, IStreamSource source)
    {
        // One being read, and the next, which a batch may reach into.
        var needed = 2 * Enumerable.Range(0, manifest.Shards.Count).Max(index => source.BytesComing(manifest, index));
        if (budget < needed && manifest.Shards.Count > 1)
            throw new DataException(
                DataFault.InvalidValue,
                $"The disk budget is {budget} bytes; allowed: {needed} and more, for two of the largest shards with what they are made "
                    + "from. Raise --budget."
            );
    }
}
