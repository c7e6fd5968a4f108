namespace ReLoRA.Core.Configuration;

/// <summary>The rank of the linears that a pattern names.</summary>
public sealed record LayerRank
{
    /// <summary>A rule yet to be filled in.</summary>
    public LayerRank() { }

    /// <summary>A rule.</summary>
    /// <param name="layers">The pattern.</param>
    /// <param name="rank">The rank; 0 is full rank.</param>
    public LayerRank(string layers, int rank) => (Layers, Rank) = (layers, rank);

    /// <summary>
    /// The linears: part of a name, or with <c>*</c> for any text a pattern over the whole name, for example <c>layers.0.*</c>.
    /// Default: all of them.
    /// </summary>
    public string Layers { get; init; } = "*";

    /// <summary>Their rank; 0 leaves them at full rank. Default: 0.</summary>
    [Knob(Minimum = 0, Maximum = 65_536)]
    public int Rank { get; init; }

    /// <summary>For example <c>layers.0.*=8</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Layers}={(Rank == 0 ? "full" : $"{Rank}")}");
}
