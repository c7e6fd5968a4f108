using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using ReLoRA.Cli.Commands;
using ReLoRA.Core.Native;

namespace ReLoRA.Cli;

/// <summary>The <c>relora</c> command.</summary>
internal static class CommandLine
{
    // SIGXFSZ on Linux and macOS, which .NET has no name for.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    // What is under way when a signal comes is ended and told, which the customary two seconds are too short for on a busy machine.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    private static readonly (string Name, Func<Command> Create)[] Verbs =
    [
        ("run", RunCommand.Create),
        ("plan", PlanCommand.Create),
        ("check", CheckCommand.Create),
        ("submit", SubmitCommand.Create),
        ("status", StatusCommand.Create),
        ("cancel", CancelCommand.Create),
        ("watch", WatchCommand.Create),
        ("new", NewCommand.Create),
        ("report", ReportCommand.Create),
        ("export", ExportCommand.Create),
        ("compare", CompareCommand.Create),
        ("data", DataCommand.Create),
        ("bench", BenchCommand.Create),
        ("tokenizer", TokenizerCommand.Create),
        ("eval", EvalCommand.Create),
        ("probe", ProbeCommand.Create),
        ("generate", GenerateCommand.Create),
        ("logprobs", LogProbabilitiesCommand.Create),
        ("clean", CleanCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("worker", WorkerCommand.Create),
        ("task", TaskCommand.Create),
        ("calibrate", CalibrateCommand.Create),
    ];

    /// <summary>The verbs that train and measure nothing. What comes to need a tensor in one of them calls <see cref="TorchLoader.Ensure"/>.</summary>
    private static readonly string[] WithoutTensors =
    [
        "check",
        "plan",
        "submit",
        "task",
        "status",
        "cancel",
        "watch",
        "clean",
        "new",
        "export",
        "compare",
    ];

    /// <summary>The verbs that execute scripts.</summary>
    private static readonly string[] OfScripts =
    [
        "check",
        "plan",
        "run",
        "submit",
        "status",
        "cancel",
        "watch",
        "report",
        "export",
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        // A file beyond the limit on file sizes is to be a message like a full disk, and not the end of the process.
        using var tooLarge = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);
        var output = Console.Out;
        try
        {
            MatrixKernels.RequireKnown();
            var parsed = Create(args).Parse(args);
            var faults = parsed.Errors.Select(error => error.Message).ToList();
            if (faults.Count == 0)
                faults.AddRange(ScriptArguments.Misplaced(parsed).Select(Misplaced));
            if (faults.Count > 0)
                return ShowUsageFaults(faults);
            // What a script writes is not the command's output, of which JSON may be expected.
            if (args.Length > 0 && OfScripts.Contains(args[0]))
                Console.SetOut(Console.Error);
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
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
        finally
        {
            Console.SetOut(output);
        }
    }

    /// <summary>
    /// With the verb that is called alone where there is one: to build all takes longer than to check a sweep, and loads what only
    /// a few of them need.
    /// </summary>
    private static RootCommand Create(string[] args)
    {
        var root = new RootCommand(
            "A lab for low-rank pretraining of small language models. A sweep script is a program with your rights, and there is no sandbox: run only "
                + "scripts that you would run as code."
        );
        // A process that is another program's may use tensors of its own.
        var isProgram = Assembly.GetEntryAssembly() == typeof(CommandLine).Assembly;
        if (isProgram && args.Length > 0 && WithoutTensors.Contains(args[0]))
            TorchLoader.Defer();
        var called = Verbs.Where(verb => args.Length > 0 && verb.Name == args[0]).ToList();
        foreach (var (_, create) in called.Count > 0 ? called : [.. Verbs])
            root.Add(create());
        return root;
    }

    private static string Misplaced(string text) =>
        $"'{text}' is in no place of this command's. What a script is to see as args comes behind --; an option that takes several values is repeated: --only A --only B.";

    private static int ShowUsageFaults(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            Console.Error.WriteLine($"error: {fault}");
        Console.Error.WriteLine("Try 'relora --help', or --help after a command.");
        return ExitCodes.Usage;
    }
}
