using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>The sweeps that a verb looks at: those of a script, or those of a folder of runs.</summary>
internal sealed class SweepTarget : IDisposable
{
    private readonly PlannedScript? script;

    private SweepTarget(RunsFolder runs, PlannedScript? script) => (Runs, this.script) = (runs, script);

    /// <summary>The folder of runs.</summary>
    public RunsFolder Runs { get; }

    /// <summary>The argument that names a script or a folder of runs.</summary>
    public static Argument<string?> Argument() =>
        new("script-or-runs")
        {
            Description = "A sweep script, or a folder of runs. Default: the folder of runs.",
            Arity = ArgumentArity.ZeroOrOne,
        };

    /// <summary>Plans the script where one is given.</summary>
    /// <param name="target">A script or a folder of runs; null for the folder of runs.</param>
    /// <param name="arguments">What the script sees as <c>args</c>.</param>
    /// <param name="runs">The folder of runs, where it is given apart.</param>
    public static async Task<SweepTarget> OpenAsync(string? target, string[]? arguments, string? runs) =>
        target is not null && !Directory.Exists(target)
            ? new SweepTarget(
                new RunsFolder(RunsRoot.Resolve(runs)),
                await PlannedScript.LoadAsync(target, arguments ?? [])
            )
            : new SweepTarget(new RunsFolder(RunsRoot.Resolve(target ?? runs)), null);

    /// <summary>The sweeps' names, now.</summary>
    /// <exception cref="UserFaultException">There are none.</exception>
    public IReadOnlyList<string> Names() => Some(NamesOrNone());

    /// <summary>The same, or none.</summary>
    public IReadOnlyList<string> NamesOrNone() =>
        script is not null
            ? [.. script.Plans.Select(plan => plan.Name)]
            : [.. Runs.Sweeps().Where(folder => File.Exists(folder.PlanPath)).Select(folder => folder.Name)];

    /// <summary>Whether it is a script.</summary>
    public bool IsScript => script is not null;

    /// <summary>How far they are now.</summary>
    /// <exception cref="UserFaultException">There are none.</exception>
    public IReadOnlyList<SweepStatus> Status() =>
        script is not null ? [.. script.Plans.Select(plan => SweepStatus.Of(plan, Runs))] : Some(SweepStatus.All(Runs));

    /// <summary>The same, with where the cells are that were submitted to a cluster.</summary>
    /// <param name="queue">Asks the cluster's scheduler.</param>
    /// <exception cref="UserFaultException">There are none.</exception>
    public IReadOnlyList<SweepStatus> Status(QueueWatch queue) =>
        SubmittedStatus.Of(Status(), Runs, queue, TimeProvider.System);

    /// <summary>Their cells, as the script declares them or as they were last run.</summary>
    /// <exception cref="UserFaultException">There are none.</exception>
    public IReadOnlyList<SweepFile> Files() =>
        script is not null
            ? [.. script.Plans.Select(plan => plan.ToFile(new Dictionary<string, string>()))]
            : Some(Runs.Sweeps().Select(folder => SweepFile.Read(folder.PlanPath)).OfType<SweepFile>());

    public void Dispose() => script?.Dispose();

    private List<T> Some<T>(IEnumerable<T> sweeps)
    {
        var found = sweeps.ToList();
        return found.Count > 0
            ? found
            : throw new UserFaultException(
                $"There are no sweeps in {Runs.Root}. Give a folder of runs or a script, or run a sweep first: relora run SCRIPT"
            );
    }
}
