using ReLoRA.Core.Dynamics.Metrics;

namespace ReLoRA.Core.Dynamics;

/// <summary>What a probe found of one thing: a number, and for a vector or a small table its numbers too.</summary>
/// <param name="Value">The number; of a vector what stands for it, NaN where nothing does.</param>
/// <param name="Finding">Why there is none, or how it is to be read; empty for a sound figure.</param>
public sealed record ProbeFigure(double Value, string Finding = "")
{
    /// <summary>Numbers of one vector or table at most.</summary>
    public const int MostNumbers = 100_000;

    /// <summary>The vector, or the table's rows one after another; empty for a number alone.</summary>
    public IReadOnlyList<double> Vector { get; init; } = [];

    /// <summary>The names of the table's columns; empty for a vector.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>A vector; what stands for it is its mean.</summary>
    /// <param name="numbers">Its numbers.</param>
    /// <exception cref="UserFaultException">It is null.</exception>
    public static ProbeFigure OfVector(IEnumerable<double> numbers)
    {
        // One more than a log holds is enough to be refused, however long it goes on.
        var vector = numbers?.Take(MostNumbers + 1).ToList() ?? throw Nothing();
        return vector.Count == 0
            ? new ProbeFigure(double.NaN, Findings.Empty)
            : new ProbeFigure(vector.Average()) { Vector = vector };
    }

    /// <summary>A table; no number stands for it.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="UserFaultException">It is null, has no columns, or a row of another width.</exception>
    public static ProbeFigure OfTable(ProbeTable table)
    {
        if (table?.Columns is not { } columns || table.Rows is not { } rows)
            throw Nothing();
        if (columns.Count == 0)
            throw new UserFaultException("The table has no columns. Name each: new ProbeTable([\"norm\"], rows).");
        foreach (var (i, row) in rows.Index())
            if (row?.Count != columns.Count)
                throw new UserFaultException(
                    FormattableString.Invariant(
                        $"Row {i} of the table has {row?.Count ?? 0} numbers; it has {columns.Count} columns: {string.Join(", ", columns)}."
                    )
                );
        return rows.Count == 0
            ? new ProbeFigure(double.NaN, Findings.Empty)
            : new ProbeFigure(double.NaN) { Vector = [.. rows.SelectMany(row => row)], Columns = [.. columns] };
    }

    internal static ProbeFigure Of(SpectrumFigure figure) => new(figure.Value, figure.Finding);

    /// <summary>A vector, and the number that stands for it.</summary>
    internal static ProbeFigure Of(VectorFigure figure, Func<IReadOnlyList<double>, double> value) =>
        new(figure.Values.Count == 0 ? double.NaN : value(figure.Values), figure.Finding) { Vector = figure.Values };

    private static UserFaultException Nothing() => new("The figure is null. Return a number, a vector or a table.");
}
