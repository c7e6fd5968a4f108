using System.IO.Compression;
using System.Text;

namespace ReLoRA.Core.Tests.Pickle;

/// <summary>Archives in the layout of <c>torch.save</c>, from parts of the test's choice.</summary>
internal static class TorchZip
{
    public static void Write(string path, byte[] pickle, params (string Name, byte[] Content)[] others) =>
        WriteEntries(
            path,
            [("archive/data.pkl", pickle), .. others.Select(other => ($"archive/{other.Name}", other.Content))]
        );

    public static void WriteEntries(
        string path,
        IEnumerable<(string Name, byte[] Content)> entries,
        CompressionLevel level = CompressionLevel.NoCompression
    )
    {
        using var archive = new ZipArchive(new FileStream(path, FileMode.Create), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = archive.CreateEntry(name, level).Open();
            stream.Write(content);
        }
    }

    /// <summary>An archive's entries, for another to be made of.</summary>
    public static List<(string Name, byte[] Content)> Entries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(entry => (entry.FullName, Content(entry)))];
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
