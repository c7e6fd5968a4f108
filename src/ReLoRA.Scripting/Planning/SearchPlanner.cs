using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Planning;

/// <summary>Turns the declaration of a search into a plan. Its trials are not known yet, so some are drawn to look for faults.</summary>
internal static class SearchPlanner
{
    /// <summary>Points looked at; what is at fault in fewer of them is found when it is proposed.</summary>
    private const int Samples = 200;

    /// <exception cref="UserFaultException">The search, knobs, datasets or the budget are at fault.</exception>
    public static SweepPlan Plan(SweepDeclaration sweep, SearchRule rule, string scriptFolder)
    {
        var space = new SearchSpace(sweep);
        RefuseUnfit(sweep, rule, space);
        var cells = Drawn(sweep, rule, space);
        RefuseFigure(rule, cells[0].Config);
        var finder = new DatasetFinder(new DatasetLocator(scriptFolder, Environment.CurrentDirectory));
        foreach (var cell in cells)
            finder.Of(cell.Config);
        if (finder.Faults.Count > 0)
            throw SweepPlanner.UnusableData(sweep, finder);
        var rungs = RungPlanner.Of(sweep, rule, [.. cells.Select(cell => (cell.Config, cell.Values))]);
        var search = new PlannedSearch(sweep, rule.Search, space, rungs, finder);
        RefuseCeiling(sweep, search);
        return new SweepPlan
        {
            Name = sweep.Title,
            Cells = [],
            Wall = sweep.Ceiling?.Wall,
            Slurm = sweep.Submission,
            Notes = [],
            Search = search,
        };
    }

    /// <summary>Cells as a search could propose them.</summary>
    /// <exception cref="UserFaultException">The search or knobs are at fault.</exception>
    public static IReadOnlyList<DeclaredCell> Drawn(SweepDeclaration sweep, SearchRule rule)
    {
        var space = new SearchSpace(sweep);
        RefuseUnfit(sweep, rule, space);
        return Drawn(sweep, rule, space);
    }

    private static List<DeclaredCell> Drawn(SweepDeclaration sweep, SearchRule rule, SearchSpace space)
    {
        var cells = Sampled(sweep, rule, space)
            .SelectMany(point =>
                SearchCells.Configs(sweep, point).Select(config => new DeclaredCell(config, null, point.Set))
            )
            .ToList();
        ExpansionFaults.ThrowIfAny(sweep, cells);
        return cells;
    }

    private static void RefuseUnfit(SweepDeclaration sweep, SearchRule rule, SearchSpace space)
    {
        if (sweep.PairedWith is { } baseline)
            throw ScriptFault.At(
                baseline.Place,
                ".Baseline: a search has none: a partner with the knobs that were drawn for another method would be a poor one. "
                    + "Tune full rank by a search of its own and compare the best: foreach over methods, as in sweeps/tune-lr.csx."
            );
        if (space.Dimensions.Count == 0)
            throw ScriptFault.At(
                rule.Place,
                ".Search: there is nothing to choose. Add an axis, for example .Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log)."
            );
        if (rule.Search.Kind == SamplerKind.Sobol && space.Dimensions.Count > SobolSequence.MostDimensions)
            throw ScriptFault.At(
                rule.Search.Place,
                $"Sobol: the search has {space.Dimensions.Count} axes. Allowed: at most {SobolSequence.MostDimensions}; RandomSearch takes any number."
            );
    }

    private static List<SearchPoint> Sampled(SweepDeclaration sweep, SearchRule rule, SearchSpace space)
    {
        var random = new RandomSampler(rule.Search.Seed);
        var points = Enumerable
            .Range(0, Samples)
            .Select(draw => space.Walk(random.Begin(draw, [])))
            // The ends of every range at once: values beyond what a knob allows are there, if anywhere.
            .Append(space.Walk(dimension => dimension.AtShare(0)))
            .Append(space.Walk(dimension => dimension.AtShare(1)))
            .OfType<SearchPoint>()
            .ToList();
        return points.Count > 0
            ? points
            : throw ScriptFault.At(
                sweep.Place,
                $"Sweep(\"{sweep.Title}\"): .Where leaves none of {Samples} draws. Allowed: at least one. Widen its condition."
            );
    }

    private static void RefuseFigure(SearchRule rule, RunConfig config)
    {
        var objective = rule.Search.Objective;
        if (objective.Fault(config) is { } fault)
            throw ScriptFault.At(
                rule.Search.Place,
                $"{rule.Search.Call}({(objective.IsMaximized ? "maximize" : "minimize")}: \"{objective.Name}\"): {fault}."
            );
    }

    private static void RefuseCeiling(SweepDeclaration sweep, PlannedSearch search)
    {
        if (sweep.Ceiling is { Tokens: { } ceiling, Place: var place } && ceiling < search.TrialTokens)
            throw ScriptFault.At(
                place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $".Budget(tokens: {ceiling:N0}): one trial of '{sweep.Title}' trains on {search.TrialTokens:N0} tokens. "
                ) + "Nothing was trained. Take shorter cells or fewer seeds, or raise the ceiling."
            );
    }
}
