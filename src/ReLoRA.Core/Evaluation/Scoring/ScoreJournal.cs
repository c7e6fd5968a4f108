using System.Buffers.Binary;
using System.IO.Hashing;

namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>
/// The scores so far of an evaluation that may be broken off: a file that grows by a record an item, each with its checksum. What a crash left of
/// a last record is cut off.
/// </summary>
public sealed class ScoreJournal : IDisposable
{
    // Item and number of alternatives; then each alternative's score, tokens and whether it is greedy; the checksum last.
    private const int HeadBytes = 2 * sizeof(int);
    private const int ScoreBytes = sizeof(double) + sizeof(int) + sizeof(byte);

    private readonly FileStream file;
    private readonly IReadOnlyList<ScoredItem> items;
    private readonly List<ItemScore> known;

    private ScoreJournal(FileStream file, IReadOnlyList<ScoredItem> items)
    {
        (this.file, this.items) = (file, items);
        known = Read();
        file.SetLength(file.Position);
    }

    /// <summary>The scores of earlier sittings.</summary>
    public IReadOnlyList<ItemScore> Known => known;

    /// <summary>Opens a journal, an empty one where there is none.</summary>
    /// <param name="path">Its file: a name for these items and this model alone.</param>
    /// <param name="items">What is scored.</param>
    /// <exception cref="IOException">Another process has it open, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static ScoreJournal Open(string path, IReadOnlyList<ScoredItem> items)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            return new ScoreJournal(file, items);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a score.</summary>
    public void Append(ItemScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var record = new byte[Length(score.Alternatives.Count)];
        var rest = record.AsSpan();
        WriteInt(ref rest, score.Item);
        WriteInt(ref rest, score.Alternatives.Count);
        foreach (var alternative in score.Alternatives)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, alternative.LogProbability);
            rest = rest[sizeof(double)..];
            WriteInt(ref rest, alternative.Tokens);
            rest[0] = alternative.IsGreedy ? (byte)1 : (byte)0;
            rest = rest[1..];
        }
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Crc32.HashToUInt32(record.AsSpan()[..^sizeof(uint)]));
        file.Write(record);
    }

    /// <summary>Removes the file: the evaluation is complete.</summary>
    public void Delete()
    {
        file.Dispose();
        File.Delete(file.Name);
    }

    /// <summary>Closes the file and keeps it.</summary>
    public void Dispose() => file.Dispose();

    private List<ItemScore> Read()
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (scores, seen, at) = (new List<ItemScore>(), new HashSet<int>(), 0);
        while (Record(bytes.AsSpan(at)) is { } score && seen.Add(score.Item))
        {
            scores.Add(score);
            at += Length(score.Alternatives.Count);
        }
        file.Position = at;
        return scores;
    }

    /// <summary>The record that bytes begin with; null where they begin with none.</summary>
    private ItemScore? Record(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes)
            return null;
        var item = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if ((uint)item >= (uint)items.Count)
            return null;
        var count = items[item].Alternatives.Count;
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(int)..]) != count || bytes.Length < Length(count))
            return null;
        var content = bytes[..(Length(count) - sizeof(uint))];
        if (Crc32.HashToUInt32(content) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[content.Length..]))
            return null;
        var scores = new SequenceScore[count];
        for (var number = 0; number < count; number++)
        {
            var score = content.Slice(HeadBytes + (number * ScoreBytes), ScoreBytes);
            scores[number] = new SequenceScore(
                BinaryPrimitives.ReadDoubleLittleEndian(score),
                BinaryPrimitives.ReadInt32LittleEndian(score[sizeof(double)..]),
                score[^1] == 1
            );
        }
        return new ItemScore(item, scores);
    }

    private static int Length(int alternatives) => HeadBytes + (alternatives * ScoreBytes) + sizeof(uint);

    private static void WriteInt(ref Span<byte> rest, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, value);
        rest = rest[sizeof(int)..];
    }
}
