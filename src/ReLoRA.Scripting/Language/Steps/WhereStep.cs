using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Leaves out the cells that do not meet a condition.</summary>
internal sealed record WhereStep(Func<RunConfig, bool> Condition, ScriptPlace Place) : ISweepStep
{
    public IEnumerable<Axis> Axes => [];

    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        ScriptFault.Guard(Place, ".Where", () => Condition(cell.Config)) ? [cell] : [];
}
