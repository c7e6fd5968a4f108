namespace ReLoRA.Core.Dynamics;

/// <summary>A small table that a script's figure returns: of one linear at one moment.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows, each with a number a column.</param>
public sealed record ProbeTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Rows);
