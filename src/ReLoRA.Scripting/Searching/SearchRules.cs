namespace ReLoRA.Scripting.Searching;

/// <summary>The numbers of a search.</summary>
/// <param name="Trials">Most trials.</param>
/// <param name="Generation">Jobs decided on together.</param>
/// <param name="Seed">The search's seed.</param>
/// <param name="Budget">Most tokens.</param>
/// <param name="Rungs">Where it is decided which trials go on.</param>
internal sealed record SearchRules(int Trials, int Generation, long Seed, long Budget, SearchRungs Rungs)
{
    /// <summary>Draws for one trial, after which there is nothing new to be found.</summary>
    public const int MostDraws = 200;
}
