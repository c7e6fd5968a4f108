using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>The turn to submit from a folder of runs: from the look at what is missing to the word that it is submitted, one process at a time.</summary>
internal static class SubmitTurn
{
    /// <summary>Longer than several answers of a slow controller.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits for it. The kernel gives it back when its process dies.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="clock">For the time that another may take.</param>
    /// <exception cref="UserFaultException">Another holds it for too long, or the folder cannot be written.</exception>
    public static FileLock Take(RunsFolder runs, TimeProvider clock)
    {
        var path = Path.Combine(runs.SweepsPath, "submit.lock");
        return FileLock.TryAcquire(path, Patience, clock, out var holder)
            ?? throw new UserFaultException(
                $"{path} is held by process {holder}, which submits from the same folder of runs. Nothing was submitted. Wait for it, or where it hangs, end it: kill {holder}"
            );
    }
}
