namespace ReLoRA.Scripting.Language.Steps;

/// <summary>Values of several knobs that go together.</summary>
internal sealed record ZipStep(IReadOnlyList<Axis> Knobs) : ISweepStep
{
    public IEnumerable<Axis> Axes => Knobs;

    public IEnumerable<SweepCell> Apply(SweepCell cell) =>
        Enumerable
            .Range(0, Knobs[0].Values.Count)
            .Select(i => Knobs.Aggregate(cell, (made, knob) => made.With(knob.Path, knob.Values[i])));
}
