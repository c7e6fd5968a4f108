using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>The sweeps that a status is about: those of a script, or those of a folder of runs.</summary>
internal sealed class StatusSource : IDisposable
{
    private readonly PlannedScript? script;

    private StatusSource(RunsFolder runs, PlannedScript? script) => (Runs, this.script) = (runs, script);

    /// <summary>The folder of runs.</summary>
    public RunsFolder Runs { get; }

    /// <summary>Plans the script where one is given.</summary>
    /// <param name="target">A script or a folder of runs; null for the folder of runs.</param>
    /// <param name="arguments">What the script sees as <c>args</c>.</param>
    /// <param name="runs">The folder of runs, where it is given apart.</param>
    public static async Task<StatusSource> OpenAsync(string? target, string[] arguments, string? runs) =>
        target is not null && !Directory.Exists(target)
            ? new StatusSource(new RunsFolder(RunsRoot.Resolve(runs)), await PlannedScript.LoadAsync(target, arguments))
            : new StatusSource(new RunsFolder(RunsRoot.Resolve(target ?? runs)), null);

    /// <summary>How far they are now.</summary>
    /// <exception cref="UserFaultException">There are none.</exception>
    public IReadOnlyList<SweepStatus> Read()
    {
        if (script is not null)
            return [.. script.Plans.Select(plan => SweepStatus.Of(plan, Runs))];
        var found = SweepStatus.All(Runs);
        return found.Count > 0
            ? found
            : throw new UserFaultException(
                $"There are no sweeps in {Runs.Root}. Give a folder of runs or a script, or run a sweep first: relora run SCRIPT"
            );
    }

    public void Dispose() => script?.Dispose();
}
