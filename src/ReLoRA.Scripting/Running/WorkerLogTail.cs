namespace ReLoRA.Scripting.Running;

/// <summary>The last words of a worker.</summary>
internal static class WorkerLogTail
{
    private const int Lines = 12;
    private const int Bytes = 8192;

    /// <summary>What the worker wrote since an offset, at most its last lines; empty where it wrote nothing.</summary>
    public static string Read(string path, long from)
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(from, file.Length - Bytes), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines.TakeLast(Lines).Select(line => $"    {line.TrimEnd()}"));
    }
}
