using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>Tells what a repository holds.</summary>
internal static class StreamSource
{
    /// <exception cref="DataException">It holds nothing that can be streamed.</exception>
    public static IStreamSource Of(IHub hub, HubListing listing, StreamOptions options)
    {
        var files = listing.Files;
        var manifests = files.Where(file => Path.GetFileName(file.Path) == DatasetManifest.FileName).ToList();
        if (manifests.Count == 1)
            return new ShardSource(hub, listing, manifests[0], options);
        var parquet = files.Where(file => file.Path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)).ToList();
        if (manifests.Count == 0 && parquet.Count > 0)
            return new ParquetSource(hub, listing, parquet, options);
        throw new DataException(
            DataFault.Unsupported,
            $"{listing.Repository.Name}: of its {files.Count} chosen files {manifests.Count} are a {DatasetManifest.FileName} and {parquet.Count} are Parquet; "
                + "what can be streamed is Parquet files, or one dataset with its manifest. Choose them with --include, or fetch the files whole "
                + "(without --stream) and adopt or convert them."
        );
    }
}
