using System.CommandLine;
using ReLoRA.Scripting.Starting;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora new</c>.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = "The sweep's name, or a path ending in it; '.csx' is added.",
        };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        var command = new Command("new", "Write a starter sweep that runs as it is.") { name, force };
        command.SetAction(parsed =>
        {
            var file = StarterSweep.Write(parsed.GetRequiredValue(name), parsed.GetValue(force));
            var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"Wrote {shown}. Next: relora run {shown}");
            return ExitCodes.Success;
        });
        return command;
    }
}
