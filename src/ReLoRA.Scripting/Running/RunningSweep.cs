using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// A place among the processes that run one sweep. They share the work where their plans are equal; a process with another plan under the same
/// name is refused while one of them lives. The kernel gives the place up when its process dies.
/// </summary>
internal sealed class RunningSweep : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FileLock place;

    private RunningSweep(FileLock place, SweepFile? before, IReadOnlyList<string> others) =>
        (this.place, Before, Others) = (place, before, others);

    /// <summary>The plan that was last run under the name; null where there was none.</summary>
    public SweepFile? Before { get; }

    /// <summary>The process ids of the others that run the sweep.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>Takes a place, and writes the plan where no other process runs the sweep.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="clock">For the time that another process may take to begin.</param>
    /// <exception cref="UserFaultException">Another process runs another plan of that name, or the folder cannot be written.</exception>
    public static RunningSweep Join(RunsFolder runs, SweepFile plan, TimeProvider clock) =>
        RunsWriting.Do(runs, () => Join(runs.Sweep(plan.Name), plan, clock));

    /// <summary>Takes the only place: a search shares its work with no other process.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="name">The search's name.</param>
    /// <param name="clock">For the time that another process may take to begin.</param>
    /// <exception cref="UserFaultException">Another process runs the sweep, or the folder cannot be written.</exception>
    public static RunningSweep JoinAlone(RunsFolder runs, string name, TimeProvider clock) =>
        RunsWriting.Do(runs, () => JoinAlone(runs.Sweep(name), clock));

    public void Dispose() => place.Dispose();

    private static RunningSweep Join(SweepFolder folder, SweepFile plan, TimeProvider clock)
    {
        using var gate = Enter(folder, clock);
        var others = Living(folder);
        var before = Read(folder, plan, others);
        if (others.Count > 0 && before?.Cells.SequenceEqual(plan.Cells) != true)
            throw OtherPlan(folder, plan, before, others);
        var path = Free(folder);
        var place = FileLock.TryAcquire(path, out _) ?? throw new IOException($"{path} is held.");
        if (others.Count == 0)
            plan.Write(folder.PlanPath);
        return new RunningSweep(place, before, others);
    }

    private static RunningSweep JoinAlone(SweepFolder folder, TimeProvider clock)
    {
        using var gate = Enter(folder, clock);
        if (Living(folder) is [var other, ..])
            throw new UserFaultException(
                $"The search '{folder.Name}' is already being run by process {other}, or a sweep of that name is. Wait for it, stop it "
                    + $"(kill {other}: it saves and ends), or use another folder (--runs). How far it is: relora status {RootOf(folder)}"
            );
        var path = Free(folder);
        return new RunningSweep(
            FileLock.TryAcquire(path, out _) ?? throw new IOException($"{path} is held."),
            null,
            []
        );
    }

    private static FileLock Enter(SweepFolder folder, TimeProvider clock) =>
        FileLock.TryAcquire(folder.LockPath, Patience, clock, out var holder)
        ?? throw new UserFaultException(
            $"{folder.LockPath} is held by process {holder}, which is to hold it for a moment only. Where it hangs, end it: kill -9 {holder}"
        );

    /// <summary>Who runs the sweep; what the dead left is cleared away, which the gate makes safe.</summary>
    private static List<string> Living(SweepFolder folder)
    {
        Directory.CreateDirectory(folder.RunningPath);
        var living = new List<string>();
        foreach (var path in Directory.GetFiles(folder.RunningPath, "*.lock").Order(StringComparer.Ordinal))
        {
            using var free = FileLock.TryAcquire(path, out var holder);
            if (free is null)
                living.Add(holder);
            else
                File.Delete(path);
        }
        return living;
    }

    private static string Free(SweepFolder folder) =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(n =>
                Path.Combine(folder.RunningPath, FormattableString.Invariant($"{Environment.ProcessId}-{n}.lock"))
            )
            .First(path => !File.Exists(path));

    private static SweepFile? Read(SweepFolder folder, SweepFile plan, List<string> others)
    {
        try
        {
            return SweepFile.Read(folder.PlanPath);
        }
        catch (RunFileException) when (others.Count == 0)
        {
            // It is replaced by a sound one; what stood in it cannot be told.
            return null;
        }
    }

    private static UserFaultException OtherPlan(
        SweepFolder folder,
        SweepFile plan,
        SweepFile? running,
        List<string> others
    )
    {
        if (running is null)
            return new UserFaultException(
                $"The sweep '{plan.Name}' is being run by process {others[0]}, and its plan {folder.PlanPath} is gone. Nothing was trained. Stop it "
                    + $"(kill {others[0]}: it saves and ends), and run again."
            );
        var script = running.Provenance.GetValueOrDefault("script_path", "a script that is not known");
        var ids = plan.Cells.Select(cell => cell.Id).ToHashSet();
        var shared = running.Cells.Count(cell => ids.Contains(cell.Id));
        return new UserFaultException(
            $"The sweep '{plan.Name}' is being run by process {others[0]} with another plan, of {script}: {running.Cells.Count} cells, of which {shared} "
                + $"are among the {plan.Cells.Count} of this script, or they are named otherwise. Nothing was trained. Wait for it, stop it (kill {others[0]}: it saves and "
                + $"ends), or give this sweep a name of its own; cells are shared whatever the name. How far it is: relora status {RootOf(folder)}"
        );
    }

    private static string? RootOf(SweepFolder folder) => Path.GetDirectoryName(Path.GetDirectoryName(folder.Path));
}
