using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>Pieces that are read, and later encoded, together.</summary>
/// <param name="File">The file they are of.</param>
/// <param name="FileNumber">Its number among the inputs, from 0.</param>
/// <param name="FirstPiece">The number of the first piece in the file, from 0.</param>
/// <param name="Bytes">UTF-8 of all pieces.</param>
/// <param name="Pieces">The pieces.</param>
/// <param name="StoredBytes">How much of the stored file has been read by now, in bytes.</param>
/// <param name="Source">The file's entry in the manifest; at its last block only.</param>
internal sealed record TextBlock(
    InputFile File,
    int FileNumber,
    long FirstPiece,
    byte[] Bytes,
    IReadOnlyList<TextPiece> Pieces,
    long StoredBytes,
    SourceEntry? Source
)
{
    /// <summary>The bytes of a piece.</summary>
    public ReadOnlyMemory<byte> this[TextPiece piece] => Bytes.AsMemory(piece.Start, piece.Length);
}
