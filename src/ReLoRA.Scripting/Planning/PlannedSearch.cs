using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Planning;

/// <summary>A search: its cells become known while it runs.</summary>
public sealed record PlannedSearch
{
    private readonly SweepDeclaration sweep;
    private readonly DeclaredSearch search;
    private readonly SearchSpace space;
    private readonly DatasetFinder finder;

    internal PlannedSearch(
        SweepDeclaration sweep,
        DeclaredSearch search,
        SearchSpace space,
        SearchRungs rungs,
        DatasetFinder finder
    )
    {
        (this.sweep, this.search, this.space, this.finder) = (sweep, search, space, finder);
        var whole = search.Trials * rungs.Tokens(-1, rungs.Top);
        Rules = new SearchRules(
            search.Trials,
            // What does not look at results can be decided on at once.
            search.Kind != SamplerKind.Tpe
            && search.Halving is null
                ? search.Trials
                : search.Parallel,
            search.Seed,
            Math.Min(sweep.Ceiling?.Tokens ?? whole, whole),
            rungs
        );
    }

    /// <summary>Most tokens of all trials together.</summary>
    public long Tokens => Rules.Budget;

    /// <summary>Tokens of one trial that is trained to its end, with all its seeds.</summary>
    public long TrialTokens => Rules.Rungs.Tokens(-1, Rules.Rungs.Top);

    /// <summary>Most trials.</summary>
    public int Trials => Rules.Trials;

    /// <summary>Steps of a whole trial.</summary>
    public long Steps => Rules.Rungs.Steps[^1];

    /// <summary>The figure by which trials are compared.</summary>
    public string Figure => search.Objective.Name;

    /// <summary>The axes, one a line: what is drawn and what is chosen.</summary>
    public IReadOnlyList<string> Axes => [.. space.Dimensions.Select(Axis)];

    /// <summary>How trials are made, in one sentence.</summary>
    public string Method =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{search.Call}: at most {Trials} trials, seed {search.Seed}, {(search.Objective.IsMaximized ? "most" : "least")} {Figure}{OverSeeds}; {Generations}."
        );

    /// <summary>Where trials are stopped early, in one sentence; empty where they are not.</summary>
    public string Halving =>
        search.Halving is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Asha: one in {search.Halving.Eta} goes on from step {string.Join(", ", Rules.Rungs.Steps.SkipLast(1))} towards {Steps}; the others stay paused."
            );

    /// <summary>Cells of a trial, one a seed.</summary>
    public int Seeds => sweep.SeedValues.Count;

    internal ScriptSource? Script { get; init; }

    internal SearchRules Rules { get; }

    internal Objective Objective => search.Objective;

    private string OverSeeds =>
        sweep.SeedValues.Count == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" as the mean over {sweep.SeedValues.Count} seeds");

    private string Generations =>
        Rules.Generation == Trials ? "none waits for another"
        : Rules.Generation == 1 ? "each is decided on when the one before is done"
        : string.Create(CultureInfo.InvariantCulture, $"{Rules.Generation} at a time are decided on together");

    /// <summary>The search at its start.</summary>
    internal SearchProgress Begin() =>
        new(
            space,
            search.Kind switch
            {
                SamplerKind.Sobol => new SobolSampler(space.Dimensions, search.Seed),
                SamplerKind.Tpe => new TpeSampler(search.Seed),
                _ => new RandomSampler(search.Seed),
            },
            Rules
        );

    /// <summary>A trial's cells, one a seed.</summary>
    internal IReadOnlyList<PlannedCell> Cells(SearchTrial trial) => SearchCells.Of(sweep, trial, finder, Script);

    private static string Axis(SearchDimension dimension) =>
        dimension switch
        {
            RangeDimension { IsDiscrete: true, Step: not 1 } range => Text(
                $"{range.Name}: {range.Low} to {range.High} in steps of {range.Step}"
            ),
            RangeDimension { IsDiscrete: true } range => Text(
                $"{range.Name}: whole numbers from {range.Low} to {range.High}{OnScale(range)}"
            ),
            RangeDimension range => Text($"{range.Name}: {range.Low} to {range.High}{OnScale(range)}"),
            ChoiceDimension choice => Text($"{choice.Name}: one of {choice.Options}"),
            _ => dimension.Name,
        };

    private static string OnScale(RangeDimension range) => range.Scale == Scale.Log ? ", by ratios" : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
