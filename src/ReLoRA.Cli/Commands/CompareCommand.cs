using System.CommandLine;
using System.Text.Json;
using ReLoRA.Analysis;
using ReLoRA.Analysis.Comparing;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora compare</c>.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("RUNS_A") { Description = "A folder of runs." };
        var second = new Argument<string>("RUNS_B") { Description = "The other; the same one for two of its sweeps." };
        var sweepA = Sweep("--sweep-a", "RUNS_A");
        var sweepB = Sweep("--sweep-b", "RUNS_B");
        var json = ScriptArguments.Json();
        var command = new Command(
            "compare",
            "Tell what changed between two sweeps in configuration, environment and numbers. Differences are no fault: the exit code is 0."
        )
        {
            first,
            second,
            sweepA,
            sweepB,
            json,
        };
        command.SetAction(parsed =>
        {
            var a = CompareSide.Of(parsed.GetRequiredValue(first), parsed.GetValue(sweepA), "--sweep-a");
            var b = CompareSide.Of(parsed.GetRequiredValue(second), parsed.GetValue(sweepB), "--sweep-b");
            var found = SweepComparison.Of(a.Runs.Root, a.Sweep, b.Runs.Root, b.Sweep);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(found, CommandJson.Options));
            else
            {
                output.WriteLine($"A: {a}\nB: {b}\n");
                output.Write(string.Join('\n', ComparisonTables.Of(found).Select(table => TableText.Render(table, 0))));
            }
            return ExitCodes.Success;
        });
        return command;
    }

    private static Option<string?> Sweep(string name, string folder) =>
        new(name)
        {
            Description = $"The sweep of {folder}. Default: the only one; every cell where the folder has no sweep.",
        };
}
