namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Each value of one knob.</summary>
internal sealed record GridStep(Axis Axis) : ISweepStep
{
    public IEnumerable<Axis> Axes => [Axis];

    public IEnumerable<SweepCell> Apply(SweepCell cell) => Axis.Values.Select(value => cell.With(Axis.Path, value));
}
