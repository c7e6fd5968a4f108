using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>Figures as the log holds them.</summary>
internal static class ProbeValues
{
    /// <exception cref="UserFaultException">It has more numbers than a log should hold.</exception>
    public static ProbeValue Of(string name, ProbeFigure figure) =>
        figure.Vector.Count <= ProbeFigure.MostNumbers
            ? new ProbeValue(name, figure.Value, figure.Finding) { Vector = figure.Vector, Columns = figure.Columns }
            : throw new UserFaultException(
                FormattableString.Invariant(
                    $"{figure.Vector.Count} numbers of {name} are more than the {ProbeFigure.MostNumbers} that a log holds of one thing. Return fewer, or save them by Snapshot(...)."
                )
            );
}
