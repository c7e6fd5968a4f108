using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Runs the scheduler's own programs. Each is ended after a time: with the controller down they wait for long.</summary>
internal static class SchedulerProgram
{
    /// <summary>A controller that is well answers in well under a second; on a busy site, in some.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The end of what <c>sbatch</c> says, once, of a cluster that takes no more jobs. It would try again for minutes.</summary>
    private const string Retrying = "sleeping and retrying";

    /// <summary>Runs a program to its end, or until it says that it will try again.</summary>
    /// <param name="program">For example <c>squeue</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads. Default: nothing.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    /// <exception cref="UserFaultException">It is not on the path, or does not end.</exception>
    public static (int ExitCode, string Output, string Error) Run(
        string program,
        IReadOnlyList<string> arguments,
        string input = ""
    )
    {
        using var process = Start(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), ReadErrorAsync(process));
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells why.
        }
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new UserFaultException(
                $"{program} has not answered for {Patience.TotalSeconds:0} seconds: the cluster's controller does not answer. What was trained is safe; try again later. See for yourself: scontrol ping"
            );
        }
        return (process.ExitCode, output.Result, error.Result.Trim());
    }

    private static async Task<string> ReadErrorAsync(Process process)
    {
        var text = new StringBuilder();
        while (await process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            text.Append(line).Append('\n');
            if (line.EndsWith(Retrying, StringComparison.Ordinal))
                process.Kill(entireProcessTree: true);
        }
        return text.ToString();
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Filters of the user's own would leave tasks out, and a wish to be asked would wait for an answer.
        foreach (var name in start.Environment.Keys.Where(IsHabit).ToList())
            start.Environment.Remove(name);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new UserFaultException(
                $"There is no Slurm here: {program} cannot be started ({missing.Message}). Work on a host of the cluster that has Slurm's programs on its path, or train on this machine: relora run SCRIPT",
                missing
            );
        }
    }

    /// <summary>Whether a variable alters what <c>squeue</c> shows, <c>scancel</c> ends, or a batch script asks for: <c>sbatch</c> lets those go before the script.</summary>
    internal static bool IsHabit(string variable) =>
        variable.StartsWith("SQUEUE_", StringComparison.Ordinal)
        || variable.StartsWith("SBATCH_", StringComparison.Ordinal)
        || variable.StartsWith("SCANCEL_", StringComparison.Ordinal);
}
