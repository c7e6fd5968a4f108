using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Hosting;

namespace ReLoRA.Scripting.Planning;

/// <summary>A script with the plan of every sweep it declares.</summary>
public sealed class PlannedScript : IDisposable
{
    private PlannedScript(LoadedScript script, IReadOnlyList<SweepPlan> plans) => (Script, Plans) = (script, plans);

    /// <summary>The script.</summary>
    public LoadedScript Script { get; }

    /// <summary>One plan a sweep, in the order they are declared; at least one.</summary>
    public IReadOnlyList<SweepPlan> Plans { get; }

    /// <summary>Compiles, executes and plans a script.</summary>
    /// <param name="path">The script.</param>
    /// <param name="arguments">What the script sees as <c>args</c>.</param>
    /// <param name="options">How it is hosted. Default: as the defaults say.</param>
    /// <param name="quick">Whether a few cells are made small, to see in seconds whether they run. Default: no.</param>
    /// <exception cref="UserFaultException">The script, a knob, the data or a budget is at fault.</exception>
    public static async Task<PlannedScript> LoadAsync(
        string path,
        IReadOnlyList<string> arguments,
        ScriptHostOptions? options = null,
        bool quick = false
    )
    {
        options ??= new ScriptHostOptions();
        using var guard = new DeclaringGuard(path, options);
        var script = await ScriptHost.LoadAsync(path, arguments, options).ConfigureAwait(false);
        try
        {
            var plans = script
                .Sweeps.Select(sweep => SweepPlanner.Plan(sweep, script.Folder, quick))
                .Select(plan =>
                    plan with
                    {
                        Cells = [.. plan.Cells.Select(cell => WithScript(cell, plan.Name))],
                        Search = plan.Search is { } search ? search with { Script = Source(plan.Name) } : null,
                    }
                )
                .ToList();
            return new PlannedScript(script, plans);
        }
        catch
        {
            script.Dispose();
            throw;
        }

        PlannedCell WithScript(PlannedCell cell, string sweep) =>
            cell.Config.Probes.All(probe => probe.Metric != ProbeMetric.Script)
                ? cell
                : cell with
                {
                    Script = Source(sweep),
                };

        ScriptSource Source(string sweep) =>
            new()
            {
                Path = script.Path,
                Arguments = arguments,
                Sweep = sweep,
            };
    }

    /// <inheritdoc/>
    public void Dispose() => Script.Dispose();
}
