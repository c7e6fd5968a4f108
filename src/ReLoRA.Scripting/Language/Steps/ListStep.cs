using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Each of several changes by lambdas.</summary>
internal sealed record ListStep(IReadOnlyList<Func<RunConfig, RunConfig>> Changes, ScriptPlace Place) : ISweepStep
{
    public IEnumerable<Axis> Axes => [];

    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        Changes.Select(
            (change, i) =>
                cell.With(
                    ScriptFault.Guard(Place, ".List", () => change(cell.Config))
                        ?? throw ScriptFault.At(Place, $".List: the lambda {i + 1} returned null."),
                    FormattableString.Invariant($"List {i + 1}")
                )
        );
}
