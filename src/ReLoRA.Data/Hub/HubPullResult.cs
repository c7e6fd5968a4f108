namespace ReLoRA.Data.Hub;

/// <summary>What a pull has fetched.</summary>
/// <param name="Listing">The files, at their commit.</param>
/// <param name="Folder">Where they are: the output folder where one was given, else the snapshot's in the cache.</param>
/// <param name="BytesNow">Bytes that arrived in this sitting; the others were there already.</param>
public sealed record HubPullResult(HubListing Listing, string Folder, long BytesNow)
{
    /// <summary>Bytes of all files.</summary>
    public long Bytes => Listing.Files.Sum(file => file.Bytes);
}
