using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Language.Steps;
using ReLoRA.Scripting.Planning.Quick;

namespace ReLoRA.Scripting.Planning;

/// <summary>Turns a declaration into a plan. Every fault is found here, before anything trains.</summary>
public static class SweepPlanner
{
    /// <summary>Plans a sweep.</summary>
    /// <param name="sweep">The declaration.</param>
    /// <param name="scriptFolder">Where datasets are looked for first.</param>
    /// <param name="quick">Whether a few cells are made small, to see in seconds whether they run. Default: no.</param>
    /// <exception cref="UserFaultException">
    /// Knobs, datasets or the budget are at fault; the message lists all faults of the first of these kinds that has any.
    /// </exception>
    public static SweepPlan Plan(SweepDeclaration sweep, string scriptFolder, bool quick = false)
    {
        if (sweep.Searching is { } search && !quick)
            return SearchPlanner.Plan(sweep, search, scriptFolder);
        var declared = Declared(sweep);
        var locator = new DatasetLocator(scriptFolder, Environment.CurrentDirectory);
        List<string> notes = [];
        if (quick)
            (declared, notes) = QuickPlan.Of(declared, locator);
        var cells = Identify(sweep, declared, locator, out var joined);
        var axes = sweep.Axes.Select(axis => axis.Path).ToList();
        var configs = cells.Select(cell => cell.Config).ToList();
        var labels =
            sweep.Naming is { } naming && !quick ? NamedLabels.Of(configs, naming) : CellLabels.Of(configs, axes);
        var plan = new SweepPlan
        {
            Name = sweep.Title,
            Cells = [.. cells.Zip(labels, (cell, name) => cell with { Arm = name.Arm, Label = name.Label })],
            Wall = sweep.Ceiling?.Wall,
            Slurm = sweep.Submission,
            Notes = [.. notes, .. Notes(sweep, declared, joined)],
        };
        RefuseAboveCeiling(sweep, plan);
        return plan;
    }

    internal static UserFaultException UnusableData(SweepDeclaration sweep, DatasetFinder finder) =>
        new(
            $"{sweep.Place}: the data of the sweep '{sweep.Title}' cannot be used, nothing was trained:\n"
                + string.Join('\n', finder.Faults.Select(fault => $"  {fault}"))
        );

    private static IReadOnlyList<DeclaredCell> Declared(SweepDeclaration sweep)
    {
        if (sweep.Searching is { } search)
            return SearchPlanner.Drawn(sweep, search);
        RefuseRanges(sweep.Added);
        var declared = SweepExpansion.Of(sweep);
        ExpansionFaults.ThrowIfAny(sweep, declared);
        return declared;
    }

    private static void RefuseRanges(IEnumerable<ISweepStep> steps)
    {
        foreach (var step in steps)
        {
            if (step is RangeStep range)
                throw ScriptFault.At(
                    range.Axis.Place,
                    $"{range.Axis.Call}: a range has no list of values. List them in .Grid, or add a search: .Search(RandomSearch(trials: 20))."
                );
            RefuseRanges(
                step is WhenStep branch ? branch.Then
                : step is StarStep star ? star.Arms
                : []
            );
        }
    }

    private static List<PlannedCell> Identify(
        SweepDeclaration sweep,
        IReadOnlyList<DeclaredCell> declared,
        DatasetLocator locator,
        out int joined
    )
    {
        var finder = new DatasetFinder(locator);
        var cells = new List<PlannedCell>();
        var places = new Dictionary<string, int>();
        // Partners of many cells are equal: looked at once each.
        var distinct = declared.SelectMany(cell => new[] { cell.Partner, cell.Config }).OfType<RunConfig>().Distinct();
        var found = distinct.Select(config => (Config: config, Datasets: finder.Of(config))).ToList();
        var names = found.Zip(AtOnce.Select(found, one => Name(one.Config, one.Datasets)));
        var known = names.ToDictionary(one => one.First.Config, one => (Id: one.Second, one.First.Datasets));
        var ids = new List<string?>();
        foreach (var cell in declared)
        {
            var partner = cell.Partner is null ? null : Add(cell.Partner, null);
            ids.Add(Add(cell.Config, partner));
        }
        if (finder.Faults.Count > 0)
            throw UnusableData(sweep, finder);
        joined = ids.Count - ids.Distinct().Count();
        return cells;

        string? Add(RunConfig config, string? partner)
        {
            if (known[config] is not { Id: { } id, Datasets: { } datasets })
                return null;
            var baseline = partner == id ? "" : partner ?? "";
            if (places.TryAdd(id, cells.Count))
                cells.Add(
                    new PlannedCell
                    {
                        Id = id,
                        Label = "",
                        Arm = "",
                        Config = config,
                        Baseline = baseline,
                        Datasets = datasets,
                    }
                );
            else if (cells[places[id]] is { Baseline: "" } lone)
                cells[places[id]] = lone with { Baseline = baseline };
            return id;
        }
    }

    private static string? Name(RunConfig config, CellDatasets? datasets) =>
        datasets is null ? null : CellIdentity.Of(config, datasets.Hashes.Train, datasets.Start?.Hash ?? "");

    private static List<string> Notes(SweepDeclaration sweep, IReadOnlyList<DeclaredCell> declared, int joined)
    {
        var notes = new List<string>();
        var ineffective = AtOnce.Select(declared, cell => ConfigNormalizer.Ineffective(cell.Config));
        foreach (var axis in sweep.Axes.Where(axis => axis.Values.Count > 1))
        {
            // Of a branch, only those that took it.
            var set = declared
                .Zip(ineffective)
                .Where(cell => cell.First.Values.Contains($"{axis.Path} = ", StringComparison.Ordinal))
                .ToList();
            var idle = set.Count(cell => cell.Second.Contains(axis.Path));
            if (idle > 0)
                notes.Add($"{axis.Place}: {axis.Call} has no effect in {idle} of {set.Count} declared cells.");
        }
        if (joined > 0)
            notes.Add($"{joined} of {declared.Count} declared cells equal others and run once.");
        return notes;
    }

    private static void RefuseAboveCeiling(SweepDeclaration sweep, SweepPlan plan)
    {
        if (sweep.Ceiling is { Tokens: { } ceiling, Place: var place } && plan.Tokens > ceiling)
            throw ScriptFault.At(
                place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $".Budget(tokens: {ceiling:N0}): the {plan.Cells.Count} cells of '{plan.Name}' train on {plan.Tokens:N0} tokens. "
                ) + "Nothing was trained. Take fewer or shorter cells, or raise the ceiling."
            );
    }
}
