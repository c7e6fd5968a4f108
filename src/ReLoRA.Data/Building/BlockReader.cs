using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace ReLoRA.Data.Building;

/// <summary>Cuts input files into pieces and hands them out in blocks, in the order of the text.</summary>
/// <param name="cutsText">Whether a long plain text may be cut into pieces; otherwise it is one.</param>
/// <param name="skipsBadLines">Whether lines of plain text that are no UTF-8 are left out; otherwise they are a fault.</param>
/// <param name="size">Bytes of a block, about.</param>
internal sealed class BlockReader(bool cutsText, bool skipsBadLines, int size = BlockReader.Size)
{
    /// <summary>Large enough that handing a block over costs nothing, small enough that a few in each thread cost no memory.</summary>
    public const int Size = 1 << 19;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Reads files. The last block of each has its entry for the manifest.</summary>
    /// <param name="files">The files.</param>
    /// <param name="firstFile">The number of the file to begin with.</param>
    /// <param name="firstPiece">The piece of that file to begin with.</param>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public IEnumerable<TextBlock> Read(IReadOnlyList<InputFile> files, int firstFile = 0, long firstPiece = 0)
    {
        for (var number = firstFile; number < files.Count; number++)
        {
            var file = files[number];
            var block = new BlockBuilder(file, number, number == firstFile ? firstPiece : 0);
            using var text = new InputText(file);
            foreach (var _ in file.IsPlain ? Plain(file, text, block) : Lines(file, text, block))
            {
                if (block.Length >= size)
                    yield return block.Take(text.StoredBytes, source: null);
            }
            var source = text.Finish();
            yield return block.Take(source.Bytes, source);
        }
    }

    private static IEnumerable<bool> Lines(InputFile file, Stream text, BlockBuilder block)
    {
        var reader = new LineReader(text, file.Path);
        while (reader.TryRead(out var line))
        {
            line = WithoutMark(line, reader);
            if (line.IndexOfAnyExcept(" \t\r\n"u8) < 0)
                continue;
            block.Add(line, reader.Number, reader.Offset, endsDocument: true, badLines: 0);
            yield return true;
        }
    }

    private IEnumerable<bool> Plain(InputFile file, Stream text, BlockBuilder block)
    {
        var reader = new LineReader(text, file.Path);
        var pending = new List<byte>();
        var (firstLine, offset, badLines) = (1L, 0L, 0);
        while (reader.TryRead(out var line))
        {
            if (!Utf8.IsValid(line))
            {
                if (!skipsBadLines)
                    throw BadLines.NoUtf8(file, reader.Number, reader.Offset, line);
                badLines++;
                continue;
            }
            pending.AddRange(WithoutMark(line, reader));
            if (
                !cutsText
                || pending.Count < size
                || TextCut.Before(CollectionsMarshal.AsSpan(pending)) is not (> 0 and var cut)
            )
                continue;
            block.Add(CollectionsMarshal.AsSpan(pending)[..cut], firstLine, offset, endsDocument: false, badLines);
            pending.RemoveRange(0, cut);
            (firstLine, offset, badLines) = (reader.Number, reader.Offset, 0);
            yield return true;
        }
        if (pending.Count + badLines == 0)
            yield break;
        block.Add(CollectionsMarshal.AsSpan(pending), firstLine, offset, endsDocument: true, badLines);
        yield return true;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line, LineReader reader) =>
        reader.Number == 1 && line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
}
