namespace ReLoRA.Scripting.Running;

/// <summary>What came of a trial at a rung.</summary>
/// <param name="Score">Its score, lower is better.</param>
/// <param name="Message">Why it has the worst; empty where it has a figure.</param>
internal sealed record TrialFigure(double Score, string Message)
{
    public static TrialFigure Worst(string message) => new(double.PositiveInfinity, message);
}
