using System.CommandLine;
using ReLoRA.Core.Distributed;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>The process that a task of an array job is. Started by the batch script of <c>submit</c>; not for users.</summary>
internal static class TaskCommand
{
    public static Command Create()
    {
        var orders = new Argument<string?>("orders")
        {
            Description = "The folder of the job's orders.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var starts = new Option<bool>("--starts") { Description = "Only see whether the program starts." };
        var command = new Command("task", "Trains the cells of a task. Started by a job of 'relora submit'.")
        {
            orders,
            starts,
        };
        command.Hidden = true;
        // Synchronous, as 'run' is.
        command.SetAction(parsed =>
            parsed.GetValue(starts)
                ? ExitCodes.Success
                : RunAsync(parsed.GetValue(orders) ?? "").GetAwaiter().GetResult()
        );
        return command;
    }

    private static async Task<int> RunAsync(string orders)
    {
        RankPlace.RequireAlone("task", Environment.GetEnvironmentVariable);
        using var signals = new TaskSignals(Console.Error.WriteLine).Listen();
        var environment = TaskEnvironment.Read(Environment.GetEnvironmentVariable);
        var launcher = new ProcessWorkerLauncher(
            [.. ThisProgram.Command, "worker", "--owner", environment.Self.Name],
            new RunOptions().HangAfter
        );
        var task = new TaskRunner(
            new OrderFolder(orders),
            environment,
            launcher,
            new LineObserver(Console.Out),
            signals,
            new SlurmScheduler(),
            NodeExamination.Run,
            TimeProvider.System
        );
        try
        {
            return await task.RunAsync();
        }
        catch (CellReplacedException replaced)
        {
            Console.Error.WriteLine(replaced.Message);
            return ExitCodes.WorkerReplaced;
        }
    }
}
