namespace ReLoRA.Scripting.Searching;

/// <summary>What was tried and what came of it, as far as a sampler looks at it.</summary>
/// <param name="Values">The value of each dimension that was chosen; those that a condition left out are missing.</param>
/// <param name="Steps">How far it was trained.</param>
/// <param name="Score">The figure there, lower is better; infinite for one that diverged or failed.</param>
internal sealed record Trial(IReadOnlyDictionary<string, double> Values, long Steps, double Score)
{
    /// <summary>Those trained furthest first, of them the best first, of them the earliest first.</summary>
    public static IReadOnlyList<Trial> Ranked(IEnumerable<Trial> trials) =>
        [.. trials.OrderByDescending(trial => trial.Steps).ThenBy(trial => trial.Score)];
}
