using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Watching;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora watch</c>.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("script-or-runs")
        {
            Description = "A sweep script, or a folder of runs. Default: the folder of runs.",
            Arity = ArgumentArity.ZeroOrOne,
        };
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
                var site = await SiteAsync(
                    parsed.GetValue(target),
                    parsed.GetValue(arguments) ?? [],
                    parsed.GetValue(runs)
                );
                using var server = LiveServer.Start(site, parsed.GetValue(port));
                output.WriteLine($"{server.Address} shows the sweeps as they learn. Ctrl+C ends this, not the runs.");
                await server.ServeAsync(stop);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task<LiveSite> SiteAsync(string? target, string[] arguments, string? runs)
    {
        if (target is not null && !Directory.Exists(target))
        {
            using var planned = await PlannedScript.LoadAsync(target, arguments);
            var names = planned.Plans.Select(plan => plan.Name).ToList();
            var folder = new RunsFolder(RunsRoot.Resolve(runs));
            return new LiveSite(folder, () => names, new LivePages(folder));
        }
        var root = new RunsFolder(RunsRoot.Resolve(target ?? runs));
        if (Sweeps(root).Count == 0)
            throw new UserFaultException(
                $"There are no sweeps in {root.Root}. Give a folder of runs or a script, or run a sweep first: relora run SCRIPT"
            );
        return new LiveSite(root, () => Sweeps(root), new LivePages(root));
    }

    private static List<string> Sweeps(RunsFolder root) =>
        [.. root.Sweeps().Where(folder => File.Exists(folder.PlanPath)).Select(folder => folder.Name)];
}
