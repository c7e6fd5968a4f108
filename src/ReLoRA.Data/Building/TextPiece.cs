namespace ReLoRA.Data.Building;

/// <summary>
/// A piece of an input file: a line of JSON, or a part of a plain text that is encoded by itself. Pieces depend on the input only,
/// so that a build can go on at one of them.
/// </summary>
/// <param name="Start">Its first byte in the block.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Line">The line of the file that it begins in, from 1.</param>
/// <param name="Offset">Its place in the file's text, in bytes.</param>
/// <param name="EndsDocument">Whether the document ends here.</param>
/// <param name="BadLines">Lines before its end that were left out.</param>
internal readonly record struct TextPiece(
    int Start,
    int Length,
    long Line,
    long Offset,
    bool EndsDocument,
    int BadLines
);
