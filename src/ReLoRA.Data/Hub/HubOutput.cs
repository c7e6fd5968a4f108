using System.Globalization;

namespace ReLoRA.Data.Hub;

/// <summary>The folder that gets a pull's files beside the cache.</summary>
internal static class HubOutput
{
    /// <summary>Fails where a file there is plainly not the repository's.</summary>
    /// <exception cref="DataException">One has another size, or a folder has its name.</exception>
    public static void Require(string folder, HubListing listing)
    {
        foreach (var file in listing.Files)
        {
            var path = Path.Combine(folder, file.Path);
            var there = DataFiles.Info(path);
            if (Directory.Exists(path) || there.Exists && there.Length != file.Bytes)
                throw new DataException(
                    DataFault.Exists,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: there already, and not the file of {file.Bytes:N0} bytes that {listing.Repository.Name} has at {listing.Commit[..8]}. "
                    ) + "Remove it, or give another --output."
                );
        }
    }

    /// <summary>Puts the files there.</summary>
    /// <exception cref="DataException">One cannot be written.</exception>
    public static void Fill(string folder, HubListing listing, HubCache cache)
    {
        foreach (var file in listing.Files)
            HardLink.LinkOrCopy(cache.Blob(file), Path.Combine(folder, file.Path));
    }
}
