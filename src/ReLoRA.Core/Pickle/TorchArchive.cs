using System.IO.Compression;
using System.IO.Hashing;

namespace ReLoRA.Core.Pickle;

/// <summary>
/// The archive that <c>torch.save</c> writes: <c>NAME/data.pkl</c>, and each storage as <c>NAME/data/KEY</c>. Names are compared, never
/// used as paths; entries of other names are passed over.
/// </summary>
internal sealed class TorchArchive : IDisposable
{
    private const string PickleName = "/data.pkl";
    private const int BytesAtOnce = 1 << 16;

    private readonly ZipArchive archive;
    private readonly Refusal refusal;
    private readonly long length;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> sound = new(StringComparer.Ordinal);
    private readonly string root;

    private TorchArchive(FileStream file, Refusal refusal)
    {
        (this.refusal, length) = (refusal, file.Length);
        archive = ArchiveFile.Guard(refusal, () => new ZipArchive(file, ZipArchiveMode.Read));
        foreach (var entry in ArchiveFile.Guard(refusal, () => archive.Entries))
        {
            if (!entries.TryAdd(entry.FullName, entry))
                throw refusal.Of(PickleFault.Entry, $"its entry {Refusal.Shown(entry.FullName)} stands twice");
        }
        var pickles = entries.Keys.Where(IsPickle).ToList();
        root = pickles is [var only]
            ? only[..^PickleName.Length]
            : throw refusal.Of(PickleFault.Entry, $"it has {pickles.Count} entries NAME{PickleName}; allowed: one");
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="PickleException">It is missing, or no such archive.</exception>
    public static TorchArchive Open(string path, Refusal refusal)
    {
        var file = ArchiveFile.Open(path, refusal);
        try
        {
            var archive = new TorchArchive(file, refusal);
            archive.RequireLittleEndian();
            return archive;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public byte[] Pickle()
    {
        var entry = Find(root + PickleName);
        if (entry.Length > PickleLimits.PickleBytes)
            throw refusal.Of(
                PickleFault.TooLarge,
                $"its pickle has {entry.Length} bytes; allowed: {PickleLimits.PickleBytes}"
            );
        return Whole(entry);
    }

    /// <summary>Bytes of a storage.</summary>
    public long LengthOf(string key) => Find(NameOf(key)).Length;

    /// <summary>A storage from one of its bytes on. Before its first reading all of it is compared with its checksum.</summary>
    public Stream OpenStorage(string key, long from)
    {
        var entry = Find(NameOf(key));
        if (!sound.Contains(key))
        {
            RequireSound(entry);
            sound.Add(key);
        }
        var stream = ArchiveFile.Guard(refusal, entry.Open);
        Skip(stream, from);
        return stream;
    }

    public void Dispose() => archive.Dispose();

    private static bool IsPickle(string name) =>
        name.EndsWith(PickleName, StringComparison.Ordinal)
        && name.IndexOf('/', StringComparison.Ordinal) == name.Length - PickleName.Length;

    private string NameOf(string key) => $"{root}/data/{key}";

    private ZipArchiveEntry Find(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw refusal.Of(PickleFault.Entry, $"its entry {Refusal.Shown(name)} is missing");
        if (entry.CompressedLength != entry.Length || entry.Length > length || entry.IsEncrypted)
            throw refusal.Of(
                PickleFault.Entry,
                $"its entry {Refusal.Shown(name)} has {entry.Length} bytes in {entry.CompressedLength} of {length}; "
                    + "allowed: as many, neither compressed nor encrypted"
            );
        return entry;
    }

    private byte[] Whole(ZipArchiveEntry entry)
    {
        RequireSound(entry);
        using var stream = ArchiveFile.Guard(refusal, entry.Open);
        var bytes = new byte[entry.Length];
        ArchiveFile.ReadExactly(stream, bytes, refusal);
        return bytes;
    }

    private void RequireSound(ZipArchiveEntry entry)
    {
        using var stream = ArchiveFile.Guard(refusal, entry.Open);
        var hash = new Crc32();
        var buffer = new byte[Math.Min(BytesAtOnce, entry.Length)];
        for (var left = entry.Length; left > 0; left -= Math.Min(left, buffer.Length))
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            ArchiveFile.ReadExactly(stream, piece, refusal);
            hash.Append(piece);
        }
        // PyTorch can be told to compute none; it then writes 0.
        if (entry.Crc32 != 0 && entry.Crc32 != hash.GetCurrentHashAsUInt32())
            throw refusal.Of(
                PickleFault.Storage,
                $"its entry {Refusal.Shown(entry.FullName)} is damaged: its checksum is another"
            );
    }

    private void Skip(Stream stream, long count)
    {
        if (stream.CanSeek)
        {
            stream.Position = count;
            return;
        }
        var buffer = new byte[Math.Min(BytesAtOnce, count)];
        for (; count > 0; count -= Math.Min(count, buffer.Length))
            ArchiveFile.ReadExactly(stream, buffer.AsSpan(0, (int)Math.Min(count, buffer.Length)), refusal);
    }

    private void RequireLittleEndian()
    {
        // Written since PyTorch 2.1; before, files were those of the machine, and a big-endian one was rare.
        if (!entries.ContainsKey($"{root}/byteorder"))
            return;
        var entry = Find($"{root}/byteorder");
        var order = entry.Length <= "little".Length ? System.Text.Encoding.ASCII.GetString(Whole(entry)) : "longer";
        if (order != "little")
            throw refusal.Of(PickleFault.ByteOrder, $"its byte order is {Refusal.Shown(order)}; allowed: little");
    }
}
