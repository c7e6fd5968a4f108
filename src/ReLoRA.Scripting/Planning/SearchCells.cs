using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Planning;

/// <summary>The cells of a trial: one a seed.</summary>
internal static class SearchCells
{
    /// <summary>Their configurations.</summary>
    public static IEnumerable<RunConfig> Configs(SweepDeclaration sweep, SearchPoint point) =>
        sweep.SeedValues.Select(seed => SweepExpansion.Watched(sweep, point.Config with { Seed = seed }));

    /// <summary>The cells.</summary>
    /// <exception cref="Core.UserFaultException">A configuration or its data cannot be used, or the name's lambda threw.</exception>
    public static IReadOnlyList<PlannedCell> Of(
        SweepDeclaration sweep,
        SearchTrial trial,
        DatasetFinder finder,
        ScriptSource? script
    )
    {
        var configs = Configs(sweep, trial.Point).ToList();
        ExpansionFaults.ThrowIfAny(
            sweep,
            [.. configs.Select(config => new DeclaredCell(config, null, trial.Point.Set))]
        );
        var name = sweep.Naming?.Of(trial.Point.Config) ?? trial.Point.Label();
        var arm = FormattableString.Invariant($"#{trial.Number} {name}");
        return
        [
            .. configs.Select(config =>
            {
                var datasets = finder.Of(config) ?? throw SweepPlanner.UnusableData(sweep, finder);
                return new PlannedCell
                {
                    Id = CellIdentity.Of(config, datasets.Hashes.Train, datasets.Start?.Hash ?? ""),
                    Label = configs.Count == 1 ? arm : FormattableString.Invariant($"{arm} Seed={config.Seed}"),
                    Arm = arm,
                    Config = config,
                    Baseline = "",
                    Datasets = datasets,
                    Script = config.Probes.Any(probe => probe.Metric == ProbeMetric.Script) ? script : null,
                };
            }),
        ];
    }
}
