namespace ReLoRA.Scripting.Language;

/// <summary>The calls within <c>.When</c> and <c>.Star</c>.</summary>
public sealed class SweepBranch : SweepAxes<SweepBranch>
{
    internal SweepBranch() { }
}
