using System.Runtime.InteropServices;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>Collects the pieces of a file into blocks.</summary>
/// <param name="file">The file.</param>
/// <param name="fileNumber">Its number among the inputs.</param>
/// <param name="firstPiece">Pieces before this one are left out: an earlier run of the build has used them.</param>
internal sealed class BlockBuilder(InputFile file, int fileNumber, long firstPiece)
{
    private readonly List<byte> _bytes = [];
    private readonly List<TextPiece> _pieces = [];
    private long _next;

    /// <summary>Bytes collected.</summary>
    public int Length => _bytes.Count;

    /// <summary>Adds the file's next piece.</summary>
    public void Add(ReadOnlySpan<byte> bytes, long line, long offset, bool endsDocument, int badLines)
    {
        if (_next++ < firstPiece)
            return;
        _pieces.Add(new TextPiece(_bytes.Count, bytes.Length, line, offset, endsDocument, badLines));
        _bytes.AddRange(bytes);
    }

    /// <summary>Takes what was collected.</summary>
    /// <param name="storedBytes">How much of the stored file has been read.</param>
    /// <param name="source">The file's entry, at its end.</param>
    public TextBlock Take(long storedBytes, SourceEntry? source)
    {
        var block = new TextBlock(
            file,
            fileNumber,
            _next - _pieces.Count,
            CollectionsMarshal.AsSpan(_bytes).ToArray(),
            [.. _pieces],
            storedBytes,
            source
        );
        _bytes.Clear();
        _pieces.Clear();
        return block;
    }
}
