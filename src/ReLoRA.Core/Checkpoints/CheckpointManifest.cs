using System.Security.Cryptography;
using System.Text.Json;

namespace ReLoRA.Core.Checkpoints;

/// <summary>Length and hash of each file of a checkpoint: <c>manifest.json</c>, written last.</summary>
internal static class CheckpointManifest
{
    public const string FileName = "manifest.json";

    public static string Text(IEnumerable<CheckpointFile> files) =>
        JsonSerializer.Serialize(files.OrderBy(file => file.Name, StringComparer.Ordinal), CheckpointJson.Options);

    /// <exception cref="CheckpointException">A file is missing, or is not the one that was written.</exception>
    public static void Verify(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var files = JsonSerializer.Deserialize<List<CheckpointFile>>(
                File.ReadAllText(path),
                CheckpointJson.Options
            );
            foreach (var expected in files ?? throw new JsonException("null"))
            {
                var found = Describe(Path.Combine(folder, expected.Name));
                if (found != expected)
                    throw new CheckpointException(
                        $"{Path.Combine(folder, expected.Name)} has {found.Bytes} bytes and hash {found.Sha256[..12]}; "
                            + $"its manifest says {expected.Bytes} and {expected.Sha256[..12]}."
                    );
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message}", e);
        }
    }

    public static CheckpointFile Describe(string path)
    {
        using var file = File.OpenRead(path);
        return new CheckpointFile(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
