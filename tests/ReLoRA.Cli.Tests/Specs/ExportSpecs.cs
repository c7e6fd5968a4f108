using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class ExportSpecs : IDisposable
{
    private static readonly string Real = Repository.PathOf("tests", "ReLoRA.Export.Tests", "Fixtures", "runs");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("feather")]
    [InlineData("ndjson")]
    public void I_get_a_file_for_each_table_and_a_dictionary(string format)
    {
        var result = ReloraInProcess.Run(folder, "export", Real, "--format", format, "--output", "tables");

        result.ShouldSucceed();
        Assert.StartsWith(folder.File("tables") + "\n", result.Output, StringComparison.Ordinal);
        Assert.All(
            (string[])["cells", "steps", "resets", "evals", "pairs", "probe_values", "problems"],
            table => Assert.True(File.Exists(folder.File("tables", $"{table}.{format}")), table)
        );
        Assert.Contains(
            "nats per token",
            File.ReadAllText(folder.File("tables", "columns.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void I_can_choose_the_tables_and_read_what_was_made_as_JSON()
    {
        var result = ReloraInProcess.Run(
            folder,
            "export",
            Real,
            "--sweep",
            "real",
            "--format",
            "csv",
            "--kind",
            "steps",
            "evals",
            "--output",
            "tables",
            "--json"
        );

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            [("steps", 60), ("evals", 10)],
            json.RootElement.GetProperty("tables")
                .EnumerateArray()
                .Select(table => (table.GetProperty("name").GetString(), table.GetProperty("rows").GetInt32()))
        );
        Assert.Equal(folder.File("tables"), json.RootElement.GetProperty("folder").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("cells").GetInt32());
        Assert.False(File.Exists(folder.File("tables", "resets.csv")));
    }

    [Fact]
    public void Knobs_have_the_units_and_types_that_this_version_knows()
    {
        ReloraInProcess.Run(folder, "export", Real, "--format", "csv", "--output", "tables").ShouldSucceed();

        var columns = File.ReadAllLines(folder.File("tables", "columns.csv"));
        Assert.Contains(
            columns,
            line => line.StartsWith("cells,config.Optimizer.WeightDecay,number,", StringComparison.Ordinal)
        );
        Assert.Contains(
            columns,
            line => line.StartsWith("cells,config.LowRank.ResetEvery,integer,steps,", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_format_that_is_not_there_is_told_with_those_that_are() =>
        ReloraInProcess
            .Run(folder, "export", Real, "--format", "xlsx")
            .ShouldBeFault("--format is 'xlsx'", "csv, parquet, feather, ndjson");

    [Fact]
    public void A_table_that_is_not_there_is_told_with_the_nearest() =>
        ReloraInProcess
            .Run(folder, "export", Real, "--format", "csv", "--kind", "step")
            .ShouldBeFault("--kind is 'step'", "Did you mean steps?");

    [Fact]
    public void An_empty_folder_says_what_to_do() =>
        ReloraInProcess
            .Run(folder, "export", "--format", "csv")
            .ShouldBeFault("There are no cells in", "relora run SCRIPT");

    [Fact]
    public void A_sweep_that_is_not_there_is_told_with_those_that_are() =>
        ReloraInProcess
            .Run(folder, "export", Real, "--sweep", "reel", "--format", "csv")
            .ShouldBeFault("'reel'", "There are: real");

    [Fact]
    public void A_folder_of_my_own_is_not_overwritten()
    {
        Directory.CreateDirectory(folder.File("mine"));
        File.WriteAllText(folder.File("mine", "notes.txt"), "");

        ReloraInProcess
            .Run(folder, "export", Real, "--format", "csv", "--output", "mine")
            .ShouldBeFault("'notes.txt'", "--output");
    }

    [Fact]
    public void Damaged_logs_and_plans_are_named_the_rest_is_exported_and_the_exit_code_says_so()
    {
        var runs = SmallSweep.Runs(folder);
        foreach (var cell in new RunsFolder(Real).Cells())
        {
            Directory.CreateDirectory(runs.Cell(cell.Id).Path);
            File.Copy(cell.LogPath, runs.Cell(cell.Id).LogPath);
        }
        var damaged = runs.Cells()[0];
        var bytes = File.ReadAllBytes(damaged.LogPath);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(damaged.LogPath, bytes);
        Directory.CreateDirectory(runs.Sweep("torn").Path);
        File.WriteAllText(runs.Sweep("torn").PlanPath, "{");

        var result = ReloraInProcess.Run(folder, "export", "--format", "csv");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            $"error: cell {damaged.Id}: a part of the log is damaged",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("sweep.json", result.Errors, StringComparison.Ordinal);
        var problems = File.ReadAllText(Path.Combine(runs.Root, "exports", "csv", "problems.csv"));
        Assert.Contains("no_plan", problems, StringComparison.Ordinal);
        Assert.Contains("damaged", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_cells_that_were_not_started_are_a_few_lines()
    {
        var cells = Enumerable.Range(0, 40).Select(at => new SweepCell($"cell{at:00}", $"r{at}", $"r{at}", "1", ""));
        new SweepFile { Name = "planned", Cells = [.. cells] }.Write(SmallSweep.Runs(folder).Sweep("planned").PlanPath);

        var result = ReloraInProcess.Run(folder, "export", "--format", "csv", "--output", "tables");

        result.ShouldSucceed();
        Assert.Equal(6, result.Errors.TrimEnd().Split('\n').Length);
        Assert.EndsWith(
            "note: 35 more of the kind no_log: see the table problems, or --json\n",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(41, File.ReadAllLines(folder.File("tables", "problems.csv")).Length);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Control_C_leaves_nothing_behind()
    {
        // A second or two of work, of which the signal comes in the midst.
        var cell = SmallSweep.Runs(folder).Cell("0123456789ab");
        Directory.CreateDirectory(cell.Path);
        using (var log = RunLogWriter.Create(cell.LogPath))
        {
            for (var step = 1; step <= 400_000; step++)
                log.Append(
                    new StepRecord
                    {
                        Step = step,
                        Tokens = step,
                        Loss = 1.0 / step,
                        LearningRate = 0.1,
                        GradientNorm = 1,
                    }
                );
        }
        using var command = Relora.Start(folder, "export", "--format", "ndjson", "--output", "tables");
        while (Directory.GetDirectories(folder.Path, ".tables.*").Length == 0)
        {
            Assert.False(command.HasExited);
            Thread.Sleep(5);
        }

        command.Signal("INT");

        var result = command.Wait();
        Assert.Equal((130, ""), (result.ExitCode, result.Output));
        Assert.Contains("nothing was written", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder.File("runs")], Directory.GetFileSystemEntries(folder.Path));
    }
}
