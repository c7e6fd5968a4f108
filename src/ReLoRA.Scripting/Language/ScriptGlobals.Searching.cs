using System.Runtime.CompilerServices;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Language;

/// <content>Searches: docs/search.md.</content>
public sealed partial class ScriptGlobals
{
    private const int MostTrials = 10_000;

    /// <summary>Draws every trial anew.</summary>
    /// <param name="trials">Trials in all.</param>
    /// <param name="seed">What the draws follow from, beside the trial's number. Default: 0.</param>
    /// <param name="parallel">Trials and promotions decided on together. Default: 1.</param>
    /// <param name="minimize">The figure of a trial. Default: <c>eval/loss</c>, the loss on held-out data in evaluation mode.</param>
    /// <param name="maximize">The figure, where more is better, in place of <paramref name="minimize"/>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A setting is out of its range.</exception>
    public static DeclaredSearch RandomSearch(
        int trials,
        long seed = 0,
        int parallel = 1,
        string? minimize = null,
        string? maximize = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Declare(SamplerKind.Random, trials, seed, parallel, (minimize, maximize), new ScriptPlace(file, line));

    /// <summary>Takes the points of Sobol's sequence, which cover the space more evenly than draws do.</summary>
    /// <param name="trials">Trials in all, best a power of two.</param>
    /// <param name="seed">What the points are shifted by. Default: 0.</param>
    /// <param name="parallel">Trials and promotions decided on together. Default: 1.</param>
    /// <param name="minimize">The figure of a trial. Default: <c>eval/loss</c>, the loss on held-out data in evaluation mode.</param>
    /// <param name="maximize">The figure, where more is better, in place of <paramref name="minimize"/>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A setting is out of its range.</exception>
    public static DeclaredSearch Sobol(
        int trials,
        long seed = 0,
        int parallel = 1,
        string? minimize = null,
        string? maximize = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Declare(SamplerKind.Sobol, trials, seed, parallel, (minimize, maximize), new ScriptPlace(file, line));

    /// <summary>Learns from the trials so far where good ones lie: a tree-structured Parzen estimator, each knob on its own.</summary>
    /// <param name="trials">Trials in all; the first ten are drawn at random.</param>
    /// <param name="seed">What the draws follow from, beside the trial's number and the trials before it. Default: 0.</param>
    /// <param name="parallel">Trials and promotions decided on together, none of which knows of the others. Default: 1.</param>
    /// <param name="minimize">The figure of a trial. Default: <c>eval/loss</c>, the loss on held-out data in evaluation mode.</param>
    /// <param name="maximize">The figure, where more is better, in place of <paramref name="minimize"/>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A setting is out of its range.</exception>
    public static DeclaredSearch Tpe(
        int trials,
        long seed = 0,
        int parallel = 1,
        string? minimize = null,
        string? maximize = null,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    ) => Declare(SamplerKind.Tpe, trials, seed, parallel, (minimize, maximize), new ScriptPlace(file, line));

    /// <summary>
    /// Asynchronous successive halving: of the trials that have come to a rung the best go on to the next, which lies
    /// <paramref name="eta"/> times as far; the others stay paused.
    /// </summary>
    /// <param name="minTokens">The first rung, in tokens of one cell: a step at which cells are evaluated.</param>
    /// <param name="eta">One in so many goes on. Default: 3.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">A setting is out of its range.</exception>
    public static DeclaredHalving Asha(
        long minTokens,
        int eta = 3,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var place = new ScriptPlace(file, line);
        if (eta is < 2 or > 100)
            throw ScriptFault.At(place, $"Asha(eta: {eta}): allowed: 2 to 100.");
        if (minTokens < 1)
            throw ScriptFault.At(place, $"Asha(minTokens: {minTokens}): allowed: above 0.");
        return new DeclaredHalving(eta, minTokens, place);
    }

    private static DeclaredSearch Declare(
        SamplerKind kind,
        int trials,
        long seed,
        int parallel,
        (string? Minimize, string? Maximize) figure,
        ScriptPlace place
    )
    {
        var call = kind == SamplerKind.Random ? "RandomSearch" : $"{kind}";
        if (trials is < 1 or > MostTrials)
            throw ScriptFault.At(place, $"{call}(trials: {trials}): allowed: 1 to {MostTrials}.");
        if (parallel is < 1 or > MostTrials)
            throw ScriptFault.At(place, $"{call}(parallel: {parallel}): allowed: 1 to {MostTrials}.");
        if (figure is { Minimize: not null, Maximize: not null })
            throw ScriptFault.At(place, $"{call}: both minimize: and maximize: are given. Allowed: one of them.");
        var name = figure.Maximize ?? figure.Minimize ?? Objective.HeldOutLoss;
        return new DeclaredSearch(call, kind, new Objective(name, figure.Maximize is not null), place)
        {
            Trials = trials,
            Seed = seed,
            Parallel = parallel,
        };
    }
}
