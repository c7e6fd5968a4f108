using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>A repository that shards can be made from, one at a time.</summary>
internal interface IStreamSource
{
    /// <summary>The dataset's manifest, before its files have come.</summary>
    /// <param name="progress">Told how many files' rows are known.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="DataException">The files are no dataset, or the hub is at fault.</exception>
    Task<DatasetManifest> DescribeAsync(Action<StreamProgress> progress, CancellationToken stop);

    /// <summary>Fails where the chosen files are not those that a manifest was made of.</summary>
    /// <param name="manifest">The manifest of an earlier sitting.</param>
    /// <exception cref="DataException">They are others (<see cref="DataFault.Mismatch"/>).</exception>
    void RequireSame(DatasetManifest manifest);

    /// <summary>Bytes that a shard takes on the disk while it comes, at most; its finished size is the smaller.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="index">The shard.</param>
    long BytesComing(DatasetManifest manifest, int index);

    /// <summary>Brings one shard into the folder, whole or not at all.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="index">The shard.</param>
    /// <param name="received">Told bytes as they come.</param>
    /// <param name="stop">Stops it; what had arrived is kept.</param>
    /// <exception cref="DataException">The file is not what was described, or the hub is at fault.</exception>
    Task BringAsync(DatasetManifest manifest, int index, Action<long> received, CancellationToken stop);
}
