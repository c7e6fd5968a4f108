using System.CommandLine;
using ReLoRA.Scripting.Watching;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora watch</c>.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var target = SweepTarget.Argument();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var port = new Option<int?>("--port")
        {
            Description = $"The port. Default: {LiveServer.DefaultPort}, or the next one that is free.",
        };
        var command = new Command(
            "watch",
            "Show how sweeps learn while they run, on a page for this machine's browser. Nothing leaves the machine."
        )
        {
            target,
            arguments,
            runs,
            port,
        };
        command.SetAction(
            async (parsed, stop) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                using var sweeps = await SweepTarget.OpenAsync(
                    parsed.GetValue(target),
                    parsed.GetValue(arguments),
                    parsed.GetValue(runs)
                );
                // None at all is told here, and not by a page.
                sweeps.Names();
                var site = new LiveSite(sweeps.Runs, sweeps.Names, new LivePages(sweeps.Runs));
                using var server = LiveServer.Start(site, parsed.GetValue(port));
                output.WriteLine($"{server.Address} shows the sweeps as they learn. Ctrl+C ends this, not the runs.");
                await server.ServeAsync(stop);
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
