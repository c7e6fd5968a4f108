namespace ReLoRA.Data.Building;

/// <summary>Where a build stands when a shard is complete: no row is begun then.</summary>
/// <param name="File">The number of the input file being read.</param>
/// <param name="Piece">The number of the piece in that file.</param>
/// <param name="Tokens">Tokens of that piece that are in shards already.</param>
/// <param name="Counts">What was counted before that piece.</param>
internal sealed record BuildState(int File, long Piece, int Tokens, BuildCounts Counts)
{
    /// <summary>The begin of a build.</summary>
    public static BuildState Start { get; } = new(0, 0, 0, default);
}
