using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Further calls for the cells that meet a condition; the others pass as they are.</summary>
internal sealed record WhenStep(Func<RunConfig, bool> Condition, IReadOnlyList<ISweepStep> Then, ScriptPlace Place)
    : ISweepStep
{
    public IEnumerable<Axis> Axes => Then.SelectMany(step => step.Axes);

    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        Holds(cell)
            ? Then.Aggregate((IEnumerable<SweepCell>)[cell], (cells, step) => cells.SelectMany(step.Apply))
            : [cell];

    /// <summary>Whether a cell meets the condition.</summary>
    public bool Holds(SweepCell cell) => ScriptFault.Guard(Place, ".When", () => Condition(cell.Config));
}
