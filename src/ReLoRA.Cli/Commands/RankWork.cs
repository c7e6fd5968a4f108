using System.Globalization;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Native;

namespace ReLoRA.Cli.Commands;

/// <summary>The end of a process that shares a run: all end well together, or all at once.</summary>
internal static class RankWork
{
    // A fault of all processes is told by the first, whose words go into the cell's status too.
    private static readonly TimeSpan FirstHasItsSay = TimeSpan.FromSeconds(3);

    /// <summary>Works, and brings the others down where that fails.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="work">Gives the exit code.</param>
    /// <returns>The exit code: that of the run in the first process, 0 in the others.</returns>
    public static int Run(RankTeam team, Func<int> work)
    {
        var collective = team.Collective;
        try
        {
            var code = work();
            // A launcher ends all processes once one returns another code than 0: the first must have saved by then, and be the only one.
            if (code is not (ExitCodes.WorkerBusy or ExitCodes.WorkerReplaced))
                collective.Barrier();
            if (code is ExitCodes.WorkerBusy or ExitCodes.WorkerReplaced)
                collective.Abort(code);
            if (code is ExitCodes.WorkerHandover)
                ProcessEnd.Now(code);
            return team.Leads ? code : ExitCodes.Success;
        }
        // The outermost place of a process whose fault the others would wait for.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (!team.Leads)
                Thread.Sleep(FirstHasItsSay);
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {collective.Rank} of {collective.Size} ({Environment.MachineName}) ends the run:"
                )
            );
            var code = Faults.Show(fault, Console.Error);
            collective.Abort(code);
            return code;
        }
    }
}
