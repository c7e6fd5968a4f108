using ReLoRA.Core.Native;

namespace ReLoRA.Scripting.Hosting.Caching;

/// <summary>The folder of compiled scripts. They are code, so that nobody else may be able to write there.</summary>
internal static class CacheFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The user's, made if it is not there; null where none can be had.</summary>
    /// <param name="tell">Told why there is none.</param>
    public static string? OfUser(Action<string> tell)
    {
        if (CacheFolders.Root is not { } root)
        {
            tell(Without("there is no home folder", "set HOME or XDG_CACHE_HOME"));
            return null;
        }
        try
        {
            return Prepare(Path.Combine(root, "scripts"), tell);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell(Without(e.Message, "set XDG_CACHE_HOME to a folder that can be written"));
            return null;
        }
    }

    private static string? Prepare(string folder, Action<string> tell)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(folder).FullName;
        Directory.CreateDirectory(folder, OwnerOnly);
        // Succeeds for the owner alone, and takes from others what an earlier umask may have given.
        File.SetUnixFileMode(folder, OwnerOnly);
        for (var above = Directory.GetParent(folder); above is not null; above = above.Parent)
        {
            // Who may write a folder may put another in the place of what is in it, unless it is sticky, as /tmp is.
            if ((above.UnixFileMode & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) != UnixFileMode.OtherWrite)
                continue;
            tell(Without($"everybody may write {above.FullName}", "set XDG_CACHE_HOME to a folder of your own"));
            return null;
        }
        return folder;
    }

    private static string Without(string reason, string remedy) =>
        $"note: compiled scripts are not kept, since {reason}; to change that, {remedy}.";
}
