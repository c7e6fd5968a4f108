using System.CommandLine;
using System.Text.Json;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var script = ScriptArguments.Script();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var json = ScriptArguments.Json();
        var noCache = ScriptArguments.NoCache();
        var command = new Command("plan", "Show the cells of a sweep, what they cost and what exists already.")
        {
            script,
            arguments,
            runs,
            json,
            noCache,
        };
        command.SetAction(parsed =>
            ShowAsync(
                    parsed.GetRequiredValue(script),
                    parsed.GetValue(arguments) ?? [],
                    ScriptArguments.Host(parsed, noCache),
                    new RunsFolder(RunsRoot.Resolve(parsed.GetValue(runs))),
                    parsed.GetValue(json),
                    parsed.InvocationConfiguration.Output
                )
                .GetAwaiter()
                .GetResult()
        );
        return command;
    }

    private static async Task<int> ShowAsync(
        string script,
        string[] arguments,
        ScriptHostOptions host,
        RunsFolder runs,
        bool json,
        TextWriter output
    )
    {
        using var planned = await PlannedScript.LoadAsync(script, arguments, host);
        if (json)
            output.WriteLine(
                JsonSerializer.Serialize(
                    planned.Plans.Select(plan => PlanView.ForJson(plan, runs)),
                    CommandJson.Options
                )
            );
        else
            foreach (var plan in planned.Plans)
                output.WriteLine(PlanView.ForPeople(plan, runs));
        return ExitCodes.Success;
    }
}
