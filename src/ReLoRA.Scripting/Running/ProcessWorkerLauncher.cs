using System.Diagnostics;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Starts workers as processes of this machine. Their output goes to <c>worker.log</c>, which is appended to.</summary>
public sealed class ProcessWorkerLauncher : IWorkerLauncher
{
    // The shell hands the log to the worker itself, which so outlives a killed runner without a broken pipe, and then becomes
    // the worker: one process, one id.
    private const string AppendAndBecome = "exec \"$@\" >>\"$0\" 2>&1";

    private readonly IReadOnlyList<string> command;
    private readonly TimeSpan? hangAfter;

    /// <summary>Starts workers by a command.</summary>
    /// <param name="command">The program and its arguments; the cell's folder is added as the last.</param>
    /// <param name="hangAfter">How long the processes that share a cell may be silent. Default: null, for ever.</param>
    public ProcessWorkerLauncher(IReadOnlyList<string> command, TimeSpan? hangAfter = null) =>
        (this.command, this.hangAfter) = (command, hangAfter);

    /// <summary>Workers are this same program, started with <c>worker FOLDER</c>.</summary>
    /// <param name="hangAfter">How long the processes that share a cell may be silent. Default: null, for ever.</param>
    public static ProcessWorkerLauncher OfThisProgram(TimeSpan? hangAfter = null) =>
        new([.. ThisProgram.Command, "worker"], hangAfter);

    /// <inheritdoc/>
    public IWorkerProcess Start(CellFolder cell, ExecutionSettings execution, string? gpu = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        string[] line =
            execution.Ranks > 1
                ?
                [
                    "-c",
                    RankLauncher.AppendAndBecome,
                    cell.WorkerLogPath,
                    .. RankLauncher.Command(execution.Ranks, Environment.GetEnvironmentVariable),
                    .. command,
                    cell.Path,
                    .. RankLauncher.Options(hangAfter),
                ]
                : ["-c", AppendAndBecome, cell.WorkerLogPath, .. command, cell.Path];
        foreach (var argument in line)
            start.ArgumentList.Add(argument);
        if (execution.Ranks > 1)
            RankLauncher.Apply(start.Environment);
        else
            // What a launcher told this process of others is not true of its worker.
            start.Environment[RankPlace.AloneVariable] = "1";
        WorkerEnvironment.Apply(start.Environment, execution.Threads);
        if (gpu is not null)
            start.Environment[GpuChoice.Variable] = gpu;
        return new WorkerProcess(Process.Start(start)!);
    }
}
