namespace ReLoRA.Core.Native;

/// <summary>The user's cache folders, in the order they are tried.</summary>
public static class CacheFolders
{
    private const string Name = "relora-scripting";

    /// <summary>The lab's cache folder: under <c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>; <see langword="null"/> without a home.</summary>
    public static string? Root => Persistent().FirstOrDefault();

    internal static IEnumerable<string> ForNativeLibraries()
    {
        foreach (var root in Persistent())
            yield return Path.Combine(root, "native");
        // A random name: a library is code, and is never loaded from a folder somebody else could have prepared.
        yield return Directory.CreateTempSubdirectory("relora-native-").FullName;
    }

    private static IEnumerable<string> Persistent()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            yield return Path.Combine(cache, Name);
        if (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
            yield return Path.Combine(home, ".cache", Name);
    }
}
