namespace ReLoRA.Data.Building;

/// <summary>What a piece of text became.</summary>
/// <param name="End">The end of its ids among those of the block.</param>
/// <param name="Counts">What it adds to the counts of the build.</param>
internal readonly record struct EncodedPiece(int End, BuildCounts Counts);
