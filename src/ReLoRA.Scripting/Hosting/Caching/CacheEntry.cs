using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Scripting.Hosting.Caching;

/// <summary>A compiled script as it lies in the cache, with what it was made of.</summary>
/// <param name="Key">What it was looked up by.</param>
/// <param name="Loaded">The files that the script loads, each with the hash of its text.</param>
/// <param name="References">The assemblies that it names by <c>#r</c>, each with the hash of its bytes.</param>
/// <param name="Beside">What lay beside those assemblies, which the compiler may have read too.</param>
/// <param name="Assembly">The assembly.</param>
/// <param name="Symbols">Its symbols.</param>
/// <param name="UsesTensors">Whether it names a type of TorchSharp.</param>
internal sealed record CacheEntry(
    string Key,
    IReadOnlyList<(string Path, string Hash)> Loaded,
    IReadOnlyList<(string Path, string Hash)> References,
    string Beside,
    byte[] Assembly,
    byte[] Symbols,
    bool UsesTensors
)
{
    private static readonly byte[] Magic = "relora-script-1\n"u8.ToArray();

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string HashOfText(string text) => Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>The file's bytes: a mark, the hash of all that follows, and the entry.</summary>
    public byte[] Write()
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Key);
            Write(writer, Loaded);
            Write(writer, References);
            writer.Write(Beside);
            Write(writer, Assembly);
            Write(writer, Symbols);
            writer.Write(UsesTensors);
        }
        var bytes = content.ToArray();
        return [.. Magic, .. SHA256.HashData(bytes), .. bytes];
    }

    /// <summary>The entry of a file's bytes; null where they are damaged or no entry.</summary>
    public static CacheEntry? Read(byte[] file)
    {
        var head = Magic.Length + SHA256.HashSizeInBytes;
        if (file.Length <= head || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            return null;
        if (!SHA256.HashData(file.AsSpan(head)).AsSpan().SequenceEqual(file.AsSpan(Magic.Length..head)))
            return null;
        // What has the right hash was written by this code, so that it can be read without a check of each length.
        using var reader = new BinaryReader(new MemoryStream(file, head, file.Length - head), Encoding.UTF8);
        return new CacheEntry(
            reader.ReadString(),
            ReadFiles(reader),
            ReadFiles(reader),
            reader.ReadString(),
            reader.ReadBytes(reader.ReadInt32()),
            reader.ReadBytes(reader.ReadInt32()),
            reader.ReadBoolean()
        );
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<(string Path, string Hash)> files)
    {
        writer.Write(files.Count);
        foreach (var (path, hash) in files)
        {
            writer.Write(path);
            writer.Write(hash);
        }
    }

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static List<(string Path, string Hash)> ReadFiles(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var files = new List<(string Path, string Hash)>();
        for (var i = 0; i < count; i++)
            files.Add((reader.ReadString(), reader.ReadString()));
        return files;
    }
}
