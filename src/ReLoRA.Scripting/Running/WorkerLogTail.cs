namespace ReLoRA.Scripting.Running;

/// <summary>The last words of a worker.</summary>
internal static class WorkerLogTail
{
    private const int Beginning = 4;
    private const int Ending = 8;
    private const int Bytes = 32768;

    /// <summary>
    /// What the worker wrote since an offset; empty where it wrote nothing. Of many lines those of the last fault's message and the
    /// last ones; libtorch's own frames are left out.
    /// </summary>
    public static string Read(string path, long from)
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(from, file.Length - Bytes), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var lines = reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("frame #", StringComparison.Ordinal))
            .Select(line => $"    {line.TrimEnd()}")
            .ToList();
        return string.Join('\n', Shortened(lines));
    }

    private static IEnumerable<string> Shortened(List<string> lines)
    {
        var fault = Math.Max(0, lines.FindLastIndex(IsFault));
        return lines.Count - fault <= Beginning + Ending
            ? lines.TakeLast(Math.Max(lines.Count - fault, Math.Min(lines.Count, Beginning + Ending)))
            : [.. lines.Skip(fault).Take(Beginning), "    ...", .. lines.TakeLast(Ending)];
    }

    private static bool IsFault(string line) =>
        line.StartsWith("    error:", StringComparison.Ordinal)
        || line.StartsWith("    internal error", StringComparison.Ordinal);
}
