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

    internal static ProbeFigure Of(SpectrumFigure figure) => new(figure.Value, figure.Finding);

    /// <summary>A vector, and the number that stands for it.</summary>
    internal static ProbeFigure Of(VectorFigure figure, Func<IReadOnlyList<double>, double> value) =>
        new(figure.Values.Count == 0 ? double.NaN : value(figure.Values), figure.Finding) { Vector = figure.Values };
}
