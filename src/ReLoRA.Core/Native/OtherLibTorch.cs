using System.Text;

namespace ReLoRA.Core.Native;

/// <summary>
/// A libtorch of the machine's own (Debian's python3-torch, a folder in LD_LIBRARY_PATH). TorchSharp asks for `torch_cpu` by its bare
/// name first, so that the system would answer with it, whatever its version, before anybody else is asked.
/// </summary>
internal static class OtherLibTorch
{
    private const string LoaderCache = "/etc/ld.so.cache";
    private const string Library = "libtorch_cpu.so";

    /// <summary>Whether the system's loader would find a libtorch by its bare name. Loads nothing.</summary>
    public static bool IsOnSearchPath() =>
        SearchedFolders().Any(folder => File.Exists(Path.Combine(folder, Library))) || IsInLoaderCache();

    private static IEnumerable<string> SearchedFolders() =>
        (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "")
            .Split([':', ';'])
            .Select(folder => folder.Length == 0 ? "." : folder);

    private static bool IsInLoaderCache()
    {
        try
        {
            return File.ReadAllBytes(LoaderCache).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Library)) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the cache only the default folders are left, and packages register theirs in it.
            return false;
        }
    }
}
