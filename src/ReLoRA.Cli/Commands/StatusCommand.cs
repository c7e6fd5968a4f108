using System.CommandLine;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora status</c>.</summary>
internal static class StatusCommand
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
        var json = ScriptArguments.Json();
        var command = new Command("status", "Show how far sweeps are.") { target, arguments, runs, json };
        command.SetAction(parsed =>
            ShowAsync(
                    parsed.GetValue(target),
                    parsed.GetValue(arguments) ?? [],
                    parsed.GetValue(runs),
                    parsed.GetValue(json),
                    parsed.InvocationConfiguration.Output
                )
                .GetAwaiter()
                .GetResult()
        );
        return command;
    }

    private static async Task<int> ShowAsync(
        string? target,
        string[] arguments,
        string? runs,
        bool json,
        TextWriter output
    )
    {
        var sweeps = await ReadAsync(target, arguments, runs);
        if (json)
            output.WriteLine(JsonSerializer.Serialize(sweeps, CommandJson.Options));
        else
            foreach (var sweep in sweeps)
                output.WriteLine(StatusView.Of(sweep));
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<SweepStatus>> ReadAsync(string? target, string[] arguments, string? runs)
    {
        if (target is not null && !Directory.Exists(target))
        {
            using var planned = await PlannedScript.LoadAsync(target, arguments);
            var folder = new RunsFolder(RunsRoot.Resolve(runs));
            return [.. planned.Plans.Select(plan => SweepStatus.Of(plan, folder))];
        }
        var root = new RunsFolder(RunsRoot.Resolve(target ?? runs));
        var found = SweepStatus.All(root);
        return found.Count > 0
            ? found
            : throw new UserFaultException(
                $"There are no sweeps in {root.Root}. Give a folder of runs or a script, or run a sweep first: relora run SCRIPT"
            );
    }
}
