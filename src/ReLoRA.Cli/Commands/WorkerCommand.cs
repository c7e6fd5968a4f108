using System.CommandLine;
using System.Runtime.InteropServices;
using ReLoRA.Core;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>The process that trains one cell, or one of several that share it. Started by <c>run</c>, <c>mpirun</c> or <c>srun</c>; not for users.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("cell") { Description = "The cell's folder." };
        var owner = new Option<string?>("--owner")
        {
            Description = "The task of the scheduler that has the cell, JOB_TASK_RESTART. Default: none has.",
        };
        var hangAfter = WorkerOptions.HangAfterOption();
        var launchedAs = new Option<int?>(RankLauncher.LaunchedAs)
        {
            Description =
                "The process that a run started: the status names it, and the end of standard input is a stop.",
        };
        var command = new Command(
            "worker",
            "Trains one cell. Started by 'relora run'; by 'mpirun' or 'srun --mpi=pmix' in several processes."
        )
        {
            folder,
            hangAfter,
            launchedAs,
            owner,
        };
        command.Hidden = true;
        command.SetAction(parsed =>
            Run(
                parsed.GetValue(folder)!,
                WorkerOptions.HangAfter(parsed.GetValue(hangAfter)!),
                parsed.GetValue(launchedAs),
                parsed.GetValue(owner) is { } name ? CellOwner.Parse(name) : null
            )
        );
        return command;
    }

    private static int Run(DirectoryInfo folder, TimeSpan? hangAfter, int? launchedAs, CellOwner? owner)
    {
        var stop = new StopSignal();
        using var interrupt = Register(PosixSignal.SIGINT, stop);
        using var terminate = Register(PosixSignal.SIGTERM, stop);
        using var collective = Collectives.OfEnvironment(Environment.GetEnvironmentVariable);
        var team = new RankTeam
        {
            Collective = collective,
            HangAfter = hangAfter,
            LaunchedAs = launchedAs,
        };
        RequireSeveral(team);
        if (!team.IsSeveral || launchedAs is not null)
            WatchParent(stop, team);
        return team.IsSeveral
            ? RankWork.Run(team, () => Work(folder, stop, team, owner))
            : Work(folder, stop, team, owner);
    }

    /// <summary>Processes that know nothing of one another would wait for one another's cell for ever.</summary>
    private static void RequireSeveral(RankTeam team)
    {
        if (team is { LaunchedAs: { } launcher, IsSeveral: false })
            throw new UserFaultException(
                $"{RankLauncher.LaunchedAs} is {launcher}, so that this is one of several processes, and the environment has no launcher of several "
                    + $"(OMPI_COMM_WORLD_SIZE) or says {RankPlace.AloneVariable}=1. Allowed: with --ranks above 1, OpenMPI's mpirun. Install it, or leave "
                    + "--ranks out."
            );
    }

    private static int Work(DirectoryInfo folder, StopSignal stop, RankTeam team, CellOwner? owner)
    {
        var runs = new RunsFolder(folder.Parent!.Parent!.FullName);
        // The script that figures come from stays loaded until the process ends.
        RunOutcome outcome;
        try
        {
            outcome = CellWorker.Work(
                runs.Cell(folder.Name),
                stop,
                TimeProvider.System,
                execution => new ScriptFigures(execution),
                team,
                owner
            );
        }
        catch (CellReplacedException replaced)
        {
            Console.Error.WriteLine(replaced.Message);
            return ExitCodes.WorkerReplaced;
        }
        catch (CellBusyException busy)
        {
            Console.Error.WriteLine(busy.Message);
            return ExitCodes.WorkerBusy;
        }
        // A figure that goes on may be in native code: to end as usual would free that code's memory under it.
        if (outcome == RunOutcome.Handover && !team.IsSeveral)
            ProcessEnd.Now(ExitCodes.WorkerHandover);
        return outcome switch
        {
            RunOutcome.Stopped => ExitCodes.WorkerStopped,
            RunOutcome.Paused => ExitCodes.WorkerPaused,
            RunOutcome.Handover => ExitCodes.WorkerHandover,
            _ => ExitCodes.Success,
        };
    }

    private static PosixSignalRegistration Register(PosixSignal signal, StopSignal stop) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                stop.Request();
            }
        );

    /// <summary>The runner holds our standard input open: its end means that the runner is gone. Of several processes a launcher gives it to the first.</summary>
    private static void WatchParent(StopSignal stop, RankTeam team)
    {
        if (!team.Leads)
            return;
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[1];
            while (input.Read(buffer) > 0) { }
            stop.Request();
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        watch.Start();
    }
}
