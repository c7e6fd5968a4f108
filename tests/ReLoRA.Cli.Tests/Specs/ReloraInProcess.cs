using System.Reflection;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>
/// The command without a process of its own, for what is said and not how it is started or ended: libtorch and the compiler of
/// scripts, which a process takes seconds to load, are loaded once. What trains, reads standard input or writes bytes to standard
/// output needs <see cref="Relora"/>.
/// </summary>
internal static class ReloraInProcess
{
    private static readonly MethodInfo Main = Assembly.Load("relora").EntryPoint!;

    // The console and the current folder are the process's: one command at a time.
    private static readonly Lock OneAtATime = new();

    // A test's scripts are of no use to the user whose tests these are.
    static ReloraInProcess() => Environment.SetEnvironmentVariable(ScriptHostOptions.CacheVariable, "off");

    /// <summary>Runs the command to its end in a folder.</summary>
    public static ReloraResult Run(TemporaryFolder folder, params string[] arguments)
    {
        lock (OneAtATime)
        {
            var (before, console, consoleErrors) = (Environment.CurrentDirectory, Console.Out, Console.Error);
            using var output = new StringWriter();
            using var errors = new StringWriter();
            try
            {
                Environment.CurrentDirectory = folder.Path;
                Console.SetOut(output);
                Console.SetError(errors);
                // On a thread of the pool: what the command awaits must not wait for this thread, which waits for it.
                var exitCode = Task.Run(() => (int)Main.Invoke(null, [arguments])!).GetAwaiter().GetResult();
                return new ReloraResult(exitCode, output.ToString(), errors.ToString());
            }
            finally
            {
                Console.SetOut(console);
                Console.SetError(consoleErrors);
                Environment.CurrentDirectory = before;
            }
        }
    }
}
