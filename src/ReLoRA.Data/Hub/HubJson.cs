using System.Text.Json;

namespace ReLoRA.Data.Hub;

/// <summary>The hub's answers in JSON. What is no such answer may be one at the next attempt; a path that leads elsewhere is a fault.</summary>
internal static class HubJson
{
    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="HubInterruption">It is not told.</exception>
    public static string Commit(byte[] answer, string address) =>
        Read(
            answer,
            address,
            root => Text(root, "sha") is var commit && HubNames.IsSha1(commit) ? commit! : throw new FormatException()
        );

    /// <summary>The files of a page.</summary>
    /// <exception cref="HubInterruption">It is no such page.</exception>
    /// <exception cref="DataException">A path leads out of the repository.</exception>
    public static IReadOnlyList<HubFile> Files(byte[] answer, string address) =>
        Read(
            answer,
            address,
            root =>
                root.EnumerateArray()
                    .Where(entry => Text(entry, "type") == "file")
                    .Select(entry => File(entry, address))
                    .ToList()
        );

    private static HubFile File(JsonElement entry, string address)
    {
        var path = Text(entry, "path") ?? throw new FormatException();
        if (!HubNames.IsPath(path))
            throw new DataException(
                DataFault.Damaged,
                $"{address}: the hub names a file \"{HubNames.Shown(path)}\"; allowed: a path inside the repository, without '..', '\\', empty "
                    + "parts and control characters. Nothing was written. Tell the repository's owner."
            );
        var isLarge = entry.TryGetProperty("lfs", out var large) && large.ValueKind == JsonValueKind.Object;
        var sha256 = isLarge ? Text(large, "oid") : null;
        var bytes = (isLarge ? large : entry).GetProperty("size").GetInt64();
        var oid = Text(entry, "oid");
        // Both become names of files.
        return HubNames.IsSha1(oid) && bytes >= 0 && HubNames.IsSha256(sha256) == isLarge
            ? new HubFile(path, bytes, sha256, oid!)
            : throw new FormatException();
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static T Read<T>(byte[] answer, string address, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return read(json.RootElement);
        }
        catch (Exception fault)
            when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new HubInterruption(address, "the answer is not what a hub answers", fault);
        }
    }
}
