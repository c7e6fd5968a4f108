using System.CommandLine;
using System.Globalization;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var script = ScriptArguments.Script();
        var arguments = ScriptArguments.Arguments();
        var noCache = ScriptArguments.NoCache();
        var command = new Command("check", "Compile a sweep and check every knob and dataset, without training.")
        {
            script,
            arguments,
            noCache,
        };
        command.SetAction(parsed =>
            CheckAsync(
                    parsed.GetRequiredValue(script),
                    parsed.GetValue(arguments) ?? [],
                    ScriptArguments.Host(parsed, noCache),
                    parsed.InvocationConfiguration.Output
                )
                .GetAwaiter()
                .GetResult()
        );
        return command;
    }

    private static async Task<int> CheckAsync(
        string script,
        string[] arguments,
        ScriptHostOptions host,
        TextWriter output
    )
    {
        using var planned = await PlannedScript.LoadAsync(script, arguments, host);
        foreach (var plan in planned.Plans)
        {
            output.WriteLine(
                plan.Search is { } search
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{plan.Name}: sound, a search of at most {search.Trials} trials and {plan.Tokens:N0} tokens"
                    )
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{plan.Name}: sound, {plan.Cells.Count} cells, {plan.Tokens:N0} tokens"
                    )
            );
            foreach (var note in plan.Notes)
                output.WriteLine($"note: {note}");
        }
        return ExitCodes.Success;
    }
}
