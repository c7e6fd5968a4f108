using System.CommandLine;
using System.Runtime.InteropServices;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>The process that trains one cell. Started by <c>run</c>; not for users.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("cell") { Description = "The cell's folder." };
        var owner = new Option<string?>("--owner")
        {
            Description = "The task of the scheduler that has the cell, JOB_TASK_RESTART. Default: none has.",
        };
        var command = new Command("worker", "Trains one cell. Started by 'relora run'.") { folder, owner };
        command.Hidden = true;
        command.SetAction(parsed =>
            Run(parsed.GetValue(folder)!, parsed.GetValue(owner) is { } name ? CellOwner.Parse(name) : null)
        );
        return command;
    }

    private static int Run(DirectoryInfo folder, CellOwner? owner)
    {
        var stop = new StopSignal();
        using var interrupt = Register(PosixSignal.SIGINT, stop);
        using var terminate = Register(PosixSignal.SIGTERM, stop);
        WatchParent(stop);
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
        if (outcome == RunOutcome.Handover)
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

    /// <summary>The runner holds our standard input open: its end means that the runner is gone.</summary>
    private static void WatchParent(StopSignal stop)
    {
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
