using System.IO.Enumeration;

namespace ReLoRA.Data.Hub;

/// <summary>Which files of a repository are wanted.</summary>
internal static class HubSelection
{
    private const int Named = 8;

    /// <exception cref="DataException">None is.</exception>
    public static HubListing Of(HubListing listing, HubPullOptions options)
    {
        var files = listing
            .Files.Where(file => options.Include.Count == 0 || options.Include.Any(pattern => Fits(pattern, file.Path)))
            .Where(file => !options.Exclude.Any(pattern => Fits(pattern, file.Path)))
            .ToList();
        return files.Count > 0 ? listing with { Files = files } : throw None(listing);
    }

    // Like the hub's Python library, which takes a folder for all that is in it.
    private static bool Fits(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(
            pattern.EndsWith('/') ? $"{pattern}*" : pattern,
            path,
            ignoreCase: false
        );

    private static DataException None(HubListing listing)
    {
        var (all, name) = (listing.Files, $"{listing.Repository.Name} at revision {listing.Repository.Revision}");
        if (all.Count == 0)
            return new DataException(DataFault.Missing, $"{name}: the repository has no files. Check --revision.");
        var some = string.Join(", ", all.Take(Named).Select(file => file.Path));
        return new DataException(
            DataFault.Missing,
            $"{name}: no file fits --include and --exclude. Its {all.Count} files: {some}{(all.Count > Named ? ", ..." : "")}. "
                + "Correct the patterns; --dry-run shows what they select."
        );
    }
}
