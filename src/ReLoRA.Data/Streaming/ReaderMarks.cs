using System.Globalization;

namespace ReLoRA.Data.Streaming;

/// <summary>What the readers of a streamed dataset need.</summary>
internal static class ReaderMarks
{
    /// <summary>The shard that each living reader needs next, in no order. Marks of readers that died are removed.</summary>
    public static IReadOnlyList<int> Read(StreamFolder folder)
    {
        var needs = new List<int>();
        if (!Directory.Exists(folder.ReadersPath))
            return needs;
        foreach (var lockPath in Directory.GetFiles(folder.ReadersPath, "*" + ReaderMark.LockSuffix))
        {
            var path = lockPath[..^ReaderMark.LockSuffix.Length];
            if (HeldFile.TryHold(lockPath) is { } left)
            {
                using (left)
                {
                    File.Delete(path);
                    File.Delete(lockPath);
                }
                continue;
            }
            if (Need(path) is { } shard)
                needs.Add(shard);
        }
        return needs;
    }

    private static int? Need(string path)
    {
        try
        {
            return int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        }
        catch (FileNotFoundException)
        {
            // A reader that has just come, or just gone.
            return null;
        }
    }
}
