using System.Runtime.CompilerServices;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli;

/// <summary>Makes a sweep script a program of its own: <c>dotnet run x.cs</c>, with an editor's full support and a debugger.</summary>
public static class SweepProgram
{
    private static readonly string[] Verbs = ["check", "plan", "run", "submit", "status", "watch", "report"];

    /// <summary>
    /// The command line of <c>relora</c> on the sweeps that the program has declared: <c>dotnet run x.cs -- plan</c>. Without a verb they
    /// are run. In a script that the command executes, this line does nothing.
    /// </summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(IReadOnlyList<string> arguments, [CallerFilePath] string file = "")
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ProgramScript.Begin(file);
        // A worker trains a cell and has no use for what the program declares.
        ThisProgram.StandIn = Path.Combine(AppContext.BaseDirectory, "relora");
        var verb = arguments.Count > 0 && Verbs.Contains(arguments[0]) ? arguments[0] : null;
        // A word that is no verb would train, where a slip was meant to show something.
        if (verb is null && arguments.Count > 0 && !arguments[0].StartsWith('-'))
        {
            Console.Error.WriteLine(
                $"error: '{arguments[0]}' is none of {string.Join(", ", Verbs)}. Arguments of the sweep come after: run -- {arguments[0]}"
            );
            return ExitCodes.Usage;
        }
        return CommandLine
            .RunAsync([verb ?? "run", file, .. verb is null ? arguments : arguments.Skip(1)])
            .GetAwaiter()
            .GetResult();
    }
}
