using System.CommandLine;
using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Cleaning;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora clean</c>.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var target = new Argument<string?>("runs")
        {
            Description = "A folder of runs. Default: that of the environment variable RELORA_RUNS, else 'runs'.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var sweep = new Option<string?>("--sweep") { Description = "Only cells of this sweep. Default: all cells." };
        var all = new Option<bool>("--all")
        {
            Description =
                "Free the last checkpoint too: the trained model. Its cell can then not be extended. And shared warm starts.",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Tell what would be freed; delete nothing." };
        var json = ScriptArguments.Json();
        var command = new Command(
            "clean",
            "Free checkpoints of finished cells, all but the last of each. Logs are never deleted."
        )
        {
            target,
            sweep,
            all,
            dry,
            json,
        };
        command.SetAction(parsed =>
        {
            var runs = new RunsFolder(RunsRoot.Resolve(parsed.GetValue(target)));
            var cleaner = new CheckpointCleaner(runs, parsed.GetValue(all), parsed.GetValue(dry));
            var cells = cleaner.Clean(Cells(runs, parsed.GetValue(sweep)));
            var ofAll = parsed.GetValue(all) && parsed.GetValue(sweep) is null;
            var freed = ofAll ? [.. cells, .. cleaner.CleanWarmStarts()] : cells;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(freed, CommandJson.Options));
            else
                Print(freed, runs, parsed.GetValue(dry), output);
            return ExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<string> Cells(RunsFolder runs, string? sweep)
    {
        if (!Directory.Exists(runs.CellsPath))
            throw new UserFaultException(
                $"There are no runs in {runs.Root}. Name the folder: relora clean RUNS, or set {RunsRoot.Variable}."
            );
        if (sweep is null)
            return [.. runs.Cells().Concat(runs.Asides()).Select(folder => folder.Id)];
        var names = runs.Sweeps().Select(folder => folder.Name).ToList();
        return names.Contains(sweep) && SweepFile.Read(runs.Sweep(sweep).PlanPath) is { } file
            ? [.. file.Cells.Select(cell => cell.Id)]
            : throw new UserFaultException(
                $"There is no sweep '{sweep}' in {runs.Root}. There are: {string.Join(", ", names)}"
            );
    }

    private static void Print(IReadOnlyList<FreedCell> freed, RunsFolder runs, bool dry, TextWriter output)
    {
        foreach (var cell in freed)
        {
            if (cell.Steps.Count > 0)
                output.WriteLine(
                    $"{cell.Id}: {ByteText.Of(cell.Bytes)}, steps {string.Join(", ", cell.Steps.Order())}"
                );
            foreach (var reason in cell.Kept)
                output.WriteLine($"{cell.Id}: kept, {reason}");
        }
        var bytes = ByteText.Of(freed.Sum(cell => cell.Bytes));
        var used = ByteText.Of(FolderSize.Of(runs.Root));
        output.WriteLine($"{bytes} {(dry ? "would be " : "")}freed; {runs.Root} takes {used}.");
    }
}
