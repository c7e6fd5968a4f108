using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Planning;

/// <summary>Finds the steps at which a search decides which trials go on, and checks that they are evaluated there.</summary>
internal static class RungPlanner
{
    /// <exception cref="Core.UserFaultException">Trials are of unequal length, or not evaluated at a rung.</exception>
    public static SearchRungs Of(
        SweepDeclaration sweep,
        SearchRule rule,
        IReadOnlyList<(RunConfig Config, string Set)> cells
    )
    {
        var first = cells[0].Config;
        if (cells.FirstOrDefault(cell => Length(cell.Config) != Length(first)) is { Config: { } other } unequal)
            throw ScriptFault.At(
                rule.Place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $".Search: trials are of unequal length: {first.Steps} steps of {first.TokensPerStep} tokens, and {other.Steps} of {other.TokensPerStep} where {unequal.Set}. "
                )
                    + "Allowed: trials of one length. Search with a knob of Budget or of the batch fixed, one sweep for each value."
            );
        var seeds = sweep.SeedValues.Count;
        return rule.Search.Halving is { } halving
            ? new SearchRungs(Steps(halving, first), halving.Eta, first.TokensPerStep * seeds)
            : new SearchRungs([first.Steps], 1, first.TokensPerStep * seeds);
    }

    private static (long, long) Length(RunConfig config) => (config.Steps, config.TokensPerStep);

    private static List<long> Steps(DeclaredHalving halving, RunConfig config)
    {
        var every = config.Evaluation.Every;
        var call = string.Create(CultureInfo.InvariantCulture, $"Asha(minTokens: {halving.MinTokens:N0})");
        if (every == 0)
            throw ScriptFault.At(
                halving.Place,
                $"{call}: the cells are evaluated at their end only (Evaluation.Every = 0). Say how often: .Evaluate(every: 40)."
            );
        var interval = every * config.TokensPerStep;
        if (halving.MinTokens % interval != 0)
            throw ScriptFault.At(
                halving.Place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call}: rungs are where cells are evaluated, every {every} steps of {config.TokensPerStep:N0} tokens. Allowed: a multiple of {interval:N0}, for example {Math.Max(1, (halving.MinTokens + interval / 2) / interval) * interval:N0}."
                )
            );
        var steps = new List<long>();
        for (var step = halving.MinTokens / config.TokensPerStep; step < config.Steps; step *= halving.Eta)
            steps.Add(step);
        if (steps.Count == 0)
            throw ScriptFault.At(
                halving.Place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call}: a trial has {config.Steps * config.TokensPerStep:N0} tokens, so that none is stopped early. Allowed: less than that."
                )
            );
        return [.. steps, config.Steps];
    }
}
