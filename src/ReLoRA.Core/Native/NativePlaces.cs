using System.Reflection;

namespace ReLoRA.Core.Native;

/// <summary>Where native libraries may lie: a folder the user names, the application's own, or the package cache of the build.</summary>
internal static class NativePlaces
{
    public static string? Find(string file, string metadataKey) =>
        Folders(metadataKey).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders(string metadataKey)
    {
        if (Environment.GetEnvironmentVariable("RELORA_LIBTORCH") is { Length: > 0 } named)
            yield return named;
        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        if (RecordedAtBuild(metadataKey) is { Length: > 0 } recorded)
            yield return recorded;
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (var folder in searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
    }

    private static string? RecordedAtBuild(string key) =>
        typeof(NativePlaces)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == key)
            ?.Value;
}
