using System.Diagnostics;
using System.Reflection;

namespace ReLoRA.Scripting.Running;

/// <summary>The program that is running, to be started again.</summary>
public static class ThisProgram
{
    /// <summary>What is started in place of this program, where that is a user's own that only executes ours. Default: null, this program.</summary>
    public static string? StandIn { get; set; }

    /// <summary>The program and what comes before its own arguments.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            if (StandIn is not null)
                return [StandIn];
            var program = Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program) == "dotnet"
                ? [program, Assembly.GetEntryAssembly()!.Location]
                : [program];
        }
    }

    /// <summary>Whether the environment is already one that a worker could have.</summary>
    public static bool RunsAsWorker =>
        WorkerEnvironment.Names.All(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    /// <summary>
    /// Runs it as a worker is run: allocator and thread settings have to be in the environment before a process starts. Its output is
    /// this process's own.
    /// </summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="threads">Threads of tensor arithmetic.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsWorkerAsync(IEnumerable<string> arguments, int threads)
    {
        var start = new ProcessStartInfo(Command[0]) { UseShellExecute = false };
        foreach (var argument in Command.Skip(1).Concat(arguments))
            start.ArgumentList.Add(argument);
        WorkerEnvironment.Apply(start.Environment, threads);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }
}
