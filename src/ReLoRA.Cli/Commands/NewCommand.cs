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
            Description = "The sweep's name, or a path ending in it; '.csx' or '.cs' is added.",
        };
        var kind = new Option<SweepKind?>("--kind")
        {
            Description =
                "csx: a script. cs: a program too (dotnet run NAME.cs), with an editor's full support. Default: what NAME ends in, else csx.",
        };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        var command = new Command("new", "Write a starter sweep that runs as it is.") { name, kind, force };
        command.SetAction(parsed =>
        {
            var written = StarterSweep.Write(
                parsed.GetRequiredValue(name),
                parsed.GetValue(kind),
                parsed.GetValue(force)
            );
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"Wrote {Shown(written[0])}. Next: relora run {Shown(written[0])}");
            foreach (var file in written.Skip(1))
                output.WriteLine($"Wrote {Shown(file)}, so that an editor knows the sweep.");
            if (StarterSweep.Missing(written[0]) is { } missing)
                output.WriteLine($"note: {missing}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Shown(string file) => Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
}
