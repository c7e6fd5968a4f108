using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Core.Native;

/// <summary>
/// A folder in the user's cache that TorchSharp can load from: links to libtorch and a copy of the shim, rebound where the
/// machine needs it. Named by the content, so that processes may race for it and a damaged one is never used.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class ShimStage
{
    private const string Shim = "libLibTorchSharp.so";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="IOException">No folder could be written.</exception>
    /// <exception cref="InvalidDataException">The shim needs a symbol that has no known older equivalent.</exception>
    public static string Prepare(string shimPath, string torchFolder, bool rebind)
    {
        var shim = File.ReadAllBytes(shimPath);
        if (rebind)
            ShimRebinding.Apply(shim);
        var hash = SHA256.HashData(shim);
        var key = Convert.ToHexStringLower(SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(torchFolder)]))[..16];
        foreach (var root in CacheFolders.ForNativeLibraries())
        {
            if (TryPrepare(Path.Combine(root, key), torchFolder, shim, hash) is { } ready)
                return ready;
        }
        throw new IOException(
            "No folder for the native libraries could be written. Set XDG_CACHE_HOME to a folder that can be."
        );
    }

    private static string? TryPrepare(string folder, string torchFolder, byte[] shim, byte[] hash)
    {
        if (IsSound(folder, hash))
            return folder;
        // Beside its final place, since renaming needs the same file system.
        var building = $"{folder}.{Path.GetRandomFileName()}";
        try
        {
            Directory.CreateDirectory(building, OwnerOnly);
            Fill(building, torchFolder, shim);
            return Publish(building, folder, hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Fill(string folder, string torchFolder, byte[] shim)
    {
        var libraries = Directory.EnumerateFiles(torchFolder, "*.so*").Where(path => Path.GetFileName(path) != Shim);
        foreach (var library in libraries)
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(library)), library);
        File.WriteAllBytes(Path.Combine(folder, Shim), shim);
    }

    private static string Publish(string building, string folder, byte[] hash)
    {
        try
        {
            Directory.Move(building, folder);
            return folder;
        }
        catch (IOException) when (IsSound(folder, hash))
        {
            Directory.Delete(building, recursive: true);
            return folder;
        }
        catch (IOException)
        {
            // A damaged entry stands in the way: load from what was just built.
            return building;
        }
    }

    private static bool IsSound(string folder, byte[] hash)
    {
        var path = Path.Combine(folder, Shim);
        return File.Exists(path) && SHA256.HashData(File.ReadAllBytes(path)).AsSpan().SequenceEqual(hash);
    }
}
