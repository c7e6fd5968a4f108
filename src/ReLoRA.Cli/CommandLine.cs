using System.CommandLine;
using System.Runtime.InteropServices;
using ReLoRA.Cli.Commands;

namespace ReLoRA.Cli;

/// <summary>The <c>relora</c> command.</summary>
internal static class CommandLine
{
    // SIGXFSZ on Linux and macOS, which .NET has no name for.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    // What is under way when a signal comes is ended and told, which the customary two seconds are too short for on a busy machine.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args)
    {
        // A file beyond the limit on file sizes is to be a message like a full disk, and not the end of the process.
        using var tooLarge = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);
        try
        {
            var parsed = Create().Parse(args);
            if (parsed.Errors.Count > 0)
                return ShowUsageFaults(parsed);
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeToStop,
                }
            );
        }
        // The outermost place: every fault becomes a message and an exit code here.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Faults.Show(fault, Console.Error);
        }
    }

    private static RootCommand Create() =>
        new("A lab for low-rank pretraining of small language models.")
        {
            RunCommand.Create(),
            PlanCommand.Create(),
            CheckCommand.Create(),
            StatusCommand.Create(),
            NewCommand.Create(),
            WatchCommand.Create(),
            ReportCommand.Create(),
            DataCommand.Create(),
            BenchCommand.Create(),
            TokenizerCommand.Create(),
            EvalCommand.Create(),
            ProbeCommand.Create(),
            GenerateCommand.Create(),
            LogProbabilitiesCommand.Create(),
            CleanCommand.Create(),
            DoctorCommand.Create(),
            WorkerCommand.Create(),
            CalibrateCommand.Create(),
        };

    private static int ShowUsageFaults(ParseResult parsed)
    {
        foreach (var fault in parsed.Errors)
            Console.Error.WriteLine($"error: {fault.Message}");
        Console.Error.WriteLine("Try 'relora --help', or --help after a command.");
        return ExitCodes.Usage;
    }
}
