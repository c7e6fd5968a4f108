namespace ReLoRA.Scripting.Language.Steps;

/// <summary>The cell as it is, and what each of several calls alone makes of it: one thing varied at a time.</summary>
internal sealed record StarStep(IReadOnlyList<ISweepStep> Arms) : ISweepStep
{
    public IEnumerable<Axis> Axes => Arms.SelectMany(arm => arm.Axes);

    public IEnumerable<SweepCell> Apply(SweepCell cell) => Arms.SelectMany(arm => arm.Apply(cell)).Prepend(cell);
}
