using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Computes a knob from the others.</summary>
internal sealed record DeriveStep(Axis Axis, Func<RunConfig, object?> Value) : ISweepStep
{
    public IEnumerable<Axis> Axes => [Axis];

    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        [cell.With(Axis.Path, ScriptFault.Guard(Axis.Place, Axis.Call, () => Value(cell.Config)))];
}
