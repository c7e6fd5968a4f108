using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class CellSelectionTests : IDisposable
{
    private const string Paired = """
        Sweep("s", Presets.Nano with
        {
            LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
            Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.Cosine },
        }).Grid(c => c.LowRank.Rank, 4, 8).Baseline().Seeds(count: 2);
        """;

    private readonly RunFixture fixture = new();
    private readonly ScriptFolder folder = new();

    public void Dispose()
    {
        fixture.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Cells_are_chosen_by_label_with_their_partners()
    {
        var plan = await folder.PlanAsync(Paired);
        var (chosen, notes) = Only(plan, "*rank=4*seed=42");
        Assert.Equal(2, chosen.Cells.Count);
        Assert.Equal("", chosen.Cells[0].Baseline);
        Assert.Equal(chosen.Cells[0].Id, chosen.Cells[1].Baseline);
        Assert.Equal(
            ["--only: 1 of 6 cells.", $"With them 1 partner that they are compared with: {chosen.Cells[0].Label}."],
            notes
        );
    }

    [Fact]
    public async Task Several_patterns_and_ids_add_up_and_an_arm_has_all_its_seeds()
    {
        var plan = await folder.PlanAsync(Paired);
        var arm = plan.Cells.First(cell => cell.Config.LowRank.Rank == 8 && cell.Baseline.Length > 0);
        var id = plan.Cells.First(cell => cell.Baseline.Length == 0).Id;
        Assert.Equal(4, Only(plan, arm.Arm, id).Plan.Cells.Count);
        Assert.Single(Only(plan, id).Plan.Cells);
        Assert.Single(Only(plan, id[..^1] + "?").Plan.Cells);
    }

    [Fact]
    public async Task A_pattern_that_matches_nothing_names_what_is_near()
    {
        var plan = await folder.PlanAsync(Paired);
        CellSelection.RequireMatches([plan], ["*"]);
        var fault = Assert.Throws<UserFaultException>(() =>
            CellSelection.RequireMatches([plan], ["*", "FullRank Seed=41"])
        );
        Assert.StartsWith(
            "--only 'FullRank Seed=41' matches none of the 6 cells; allowed:",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("'FullRank Seed=42'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_tried_alone_or_left_as_it_is()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");
        await fixture.RunAsync(
            plan,
            new FakeLauncher((cell, _) => Task.FromResult(cell.Id == plan.Cells[1].Id ? 1 : WorkerExit.Stopped))
        );
        var one = new RunOptions { Jobs = 1, Threads = 1 };

        var skipping = FakeLauncher.Finishing();
        await fixture.RunAsync(plan, skipping, one with { SkipFailed = true });
        Assert.Equal([plan.Cells[0].Id, plan.Cells[2].Id], skipping.Starts.Select(start => start.Cell));
        Assert.Contains(
            "note: --skip-failed: 1 cells that failed before are left as they are: FullRank Seed=43.",
            fixture.Lines,
            StringComparison.Ordinal
        );

        var retrying = FakeLauncher.Finishing();
        await fixture.RunAsync(plan, retrying, one with { RetryFailed = true });
        Assert.Equal([plan.Cells[1].Id], retrying.Starts.Select(start => start.Cell));
        Assert.Contains("note: --retry-failed: 1 of 3 cells failed before.", fixture.Lines, StringComparison.Ordinal);

        Assert.Throws<UserFaultException>(() => new RunOptions { RetryFailed = true, SkipFailed = true }.Resolve(1, 1));
    }

    [Fact]
    public async Task A_fresh_copy_moves_the_old_one_aside()
    {
        var plan = await fixture.PlanAsync();
        await fixture.RunAsync(plan, FakeLauncher.Finishing());
        var (fresh, one) = (
            FakeLauncher.Finishing(),
            new RunOptions
            {
                Jobs = 1,
                Threads = 1,
                Fresh = true,
            }
        );

        await fixture.RunAsync(plan, fresh, one with { Only = ["*43"] });
        await fixture.RunAsync(plan, fresh, one with { Only = ["*43"] });

        Assert.Equal([plan.Cells[1].Id, plan.Cells[1].Id], fresh.Starts.Select(start => start.Cell));
        foreach (var n in (int[])[1, 2])
            Assert.True(File.Exists(Path.Combine($"{fixture.Cell(plan, 1).Path}.old-{n}", "log.msgpack")));
        Assert.Contains(
            $"note: FullRank Seed=43 ({plan.Cells[1].Id}): the copy before is kept in runs/cells/{plan.Cells[1].Id}.old-2.",
            fixture.Lines,
            StringComparison.Ordinal
        );
        Assert.Equal(2, fixture.Runs.Cells().Count);
    }

    [Fact]
    public async Task Nothing_is_moved_while_one_of_the_cells_is_being_trained()
    {
        var plan = await fixture.PlanAsync();
        await fixture.RunAsync(plan, FakeLauncher.Finishing());
        using var held = FileLock.TryAcquire(fixture.Cell(plan, 1).LockPath, out _);
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            fixture.RunAsync(plan, FakeLauncher.Finishing(), new RunOptions { Fresh = true })
        );
        Assert.Equal(
            $"--fresh: FullRank Seed=43 ({plan.Cells[1].Id}) is being trained by process {Environment.ProcessId}. Wait for it or stop it; nothing was moved.",
            fault.Message
        );
        Assert.True(File.Exists(fixture.Cell(plan, 0).LogPath));
    }

    private CellSelection Only(SweepPlan plan, params string[] patterns) =>
        CellSelection.Of(plan, new RunOptions { Only = patterns }, fixture.Runs);
}
