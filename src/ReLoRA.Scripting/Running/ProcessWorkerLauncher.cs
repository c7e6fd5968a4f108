using System.Diagnostics;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>Starts workers as processes of this machine. Their output goes to <c>worker.log</c>, which is appended to.</summary>
public sealed class ProcessWorkerLauncher : IWorkerLauncher
{
    // The shell hands the log to the worker itself, which so outlives a killed runner without a broken pipe, and then becomes
    // the worker: one process, one id.
    private const string AppendAndBecome = "exec \"$@\" >>\"$0\" 2>&1";

    private readonly IReadOnlyList<string> command;

    /// <summary>Starts workers by a command.</summary>
    /// <param name="command">The program and its arguments; the cell's folder is added as the last.</param>
    public ProcessWorkerLauncher(IReadOnlyList<string> command) => this.command = command;

    /// <summary>Workers are this same program, started with <c>worker FOLDER</c>.</summary>
    public static ProcessWorkerLauncher OfThisProgram() => new([.. ThisProgram.Command, "worker"]);

    /// <inheritdoc/>
    public IWorkerProcess Start(CellFolder cell, ExecutionSettings execution, string? gpu = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", AppendAndBecome, cell.WorkerLogPath, .. command, cell.Path])
            start.ArgumentList.Add(argument);
        WorkerEnvironment.Apply(start.Environment, execution.Threads);
        if (gpu is not null)
            start.Environment[GpuChoice.Variable] = gpu;
        return new WorkerProcess(Process.Start(start)!);
    }
}
