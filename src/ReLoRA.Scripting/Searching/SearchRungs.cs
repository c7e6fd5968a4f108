namespace ReLoRA.Scripting.Searching;

/// <summary>How far trials are trained before it is decided whether they go on.</summary>
/// <param name="Steps">The steps of each rung, the last a trial's whole length.</param>
/// <param name="Eta">One in so many goes on.</param>
/// <param name="TokensPerStep">Tokens of a step, of all seeds of a trial together.</param>
internal sealed record SearchRungs(IReadOnlyList<long> Steps, int Eta, long TokensPerStep)
{
    /// <summary>The last rung.</summary>
    public int Top => Steps.Count - 1;

    /// <summary>The tokens that bring a trial from one rung to another; -1 is its start.</summary>
    public long Tokens(int from, int to) => (Steps[to] - (from < 0 ? 0 : Steps[from])) * TokensPerStep;
}
