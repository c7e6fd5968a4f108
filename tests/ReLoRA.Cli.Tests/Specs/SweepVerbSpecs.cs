using System.Text.Json;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class SweepVerbSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_can_check_a_script_without_training()
    {
        var result = Relora.Run(folder, "check", SmallSweep.Write(folder));

        result.ShouldSucceed();
        Assert.Equal("small: sound, 2 cells, 30,720 tokens\n", result.Output);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void I_can_see_the_plan_before_anything_exists()
    {
        var result = ReloraInProcess.Run(folder, "plan", SmallSweep.Write(folder), "--no-calibration");

        result.ShouldSucceed();
        Assert.Matches("1 +FullRank +[0-9a-f]{12} +- +60 +15,360 +.* MiB +[?] +new\n", result.Output);
        Assert.Matches("2 +ReLoRA +[0-9a-f]{12} +1 +60 +15,360 +.* MiB +[?] +new\n", result.Output);
        Assert.Contains("2 cells, 30,720 tokens; 30,720 are left to train in", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void I_can_read_the_plan_and_the_status_as_JSON()
    {
        var script = SmallSweep.Write(folder);

        using var plan = JsonDocument.Parse(
            ReloraInProcess.Run(folder, "plan", script, "--no-calibration", "--json").Output
        );
        using var status = JsonDocument.Parse(ReloraInProcess.Run(folder, "status", script, "--json").Output);

        var cells = plan.RootElement[0].GetProperty("cells");
        Assert.Equal(2, cells.GetArrayLength());
        Assert.Equal(cells[0].GetProperty("id").GetString(), cells[1].GetProperty("baseline").GetString());
        Assert.Equal(
            "new",
            status.RootElement[0].GetProperty("cells")[0].GetProperty("report").GetProperty("state").GetString()
        );
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_plan_says_how_long_it_will_take()
    {
        var planned = Relora.Run(folder, "plan", SmallSweep.Write(folder), "--json");

        planned.ShouldSucceed();
        using var plan = JsonDocument.Parse(planned.Output);
        Assert.InRange(plan.RootElement[0].GetProperty("seconds_left").GetDouble(), 1e-3, 1e5);
        Assert.All(
            plan.RootElement[0].GetProperty("cells").EnumerateArray(),
            cell => Assert.Equal("calibrated", cell.GetProperty("time_source").GetString())
        );
    }

    [Fact]
    public void A_plan_of_more_cells_than_are_likely_meant_is_shown_and_refused()
    {
        string[] plan = ["plan", SmallSweep.Write(folder), "--no-calibration", "--max-runs", "1"];

        var refused = ReloraInProcess.Run(folder, plan);
        refused.ShouldBeFault("2 cells with 30,720 tokens are to be trained; allowed: at most 1", "--yes");
        Assert.Contains("ReLoRA", refused.Output, StringComparison.Ordinal);
        ReloraInProcess.Run(folder, [.. plan, "--yes"]).ShouldSucceed();
    }

    [Fact]
    public void I_can_pass_arguments_to_the_script()
    {
        var script = SmallSweep.Write(folder, "start = start with { Seed = long.Parse(args[1]) };");

        var result = ReloraInProcess.Run(folder, "plan", script, "--no-calibration", "--json", "--", "--seed", "77");

        result.ShouldSucceed();
        Assert.Contains("\"seed\": 77", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_status_of_no_runs_says_what_to_do() =>
        ReloraInProcess.Run(folder, "status").ShouldBeFault("There are no sweeps in", "relora run SCRIPT");

    [Theory]
    [InlineData("run", "--only", "ReLoRA", "FullRank")]
    [InlineData("check", "FullRank", "--", "mine")]
    [InlineData("status", "FullRank")]
    public void What_a_script_would_see_unasked_is_refused(string verb, params string[] arguments)
    {
        var result = ReloraInProcess.Run(folder, [verb, SmallSweep.Write(folder), .. arguments]);
        result.ShouldBeFault("'FullRank' is in no place of this command's", "--only A --only B");
        Assert.DoesNotContain("'mine'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_script() =>
        ReloraInProcess.Run(folder, "run", folder.Path).ShouldBeFault("is a folder", ".csx");

    [Fact]
    public void More_jobs_than_cores_are_refused() =>
        ReloraInProcess
            .Run(folder, "run", SmallSweep.Write(folder), "--jobs", "100000")
            .ShouldBeFault("--jobs 100000", "cores");

    [Fact]
    [Trait("Category", "Slow")]
    public void I_get_the_results_as_JSON_and_the_progress_apart_from_them()
    {
        var result = Relora.Run(folder, "run", SmallSweep.Write(folder), "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var sweep = json.RootElement.GetProperty("sweeps")[0];
        Assert.All(
            sweep.GetProperty("cells").EnumerateArray(),
            cell => Assert.Equal("finished", cell.GetProperty("outcome").GetString())
        );
        Assert.True(sweep.GetProperty("tables").GetArrayLength() > 0);
        Assert.Contains("[2/2]", result.Errors, StringComparison.Ordinal);

        Assert.True(File.Exists(sweep.GetProperty("report").GetString()));
        var status = Relora.Run(folder, "status", folder.File("runs"));
        Assert.Matches("ReLoRA +[0-9a-f]{12} +finished", status.Output);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_command_that_is_killed_leaves_no_worker_behind()
    {
        using var command = Relora.Start(folder, "run", SmallSweep.Write(folder, steps: 3000), "--jobs", "1");
        var cell = SmallSweep.WaitForStep(folder, command, 20);

        command.Signal("KILL");

        command.Wait();
        for (var tries = 0; CellStatus.Read(cell.StatusPath)!.State != "stopped"; tries++)
        {
            Assert.True(tries < 200, "the worker did not stop");
            Thread.Sleep(100);
        }
    }
}
