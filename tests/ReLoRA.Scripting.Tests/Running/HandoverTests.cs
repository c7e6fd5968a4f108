using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class HandoverTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_worker_that_gave_a_figure_up_is_followed_by_another()
    {
        var plan = await fixture.PlanAsync(".Probe(Gini())");
        var launcher = new FakeLauncher(
            (cell, worker) =>
            {
                if (worker.Id > 1001)
                    return Task.FromResult(FakeWorker.Finish(cell));
                File.WriteAllText(cell.ProbesOffPath, "{}");
                Status(worker.Id, step: 40).Write(cell.StatusPath);
                return Task.FromResult(WorkerExit.Handover);
            }
        );

        var result = await fixture.RunAsync(plan, launcher);

        Assert.Equal((0, 2), (result.ExitCode, launcher.Starts.Count));
        Assert.Contains(
            $"""
            FullRank ({plan.Cells[0].Id}): started
            FullRank: a figure of the script was given up; the cell goes on without it in a new process.
            FullRank ({plan.Cells[0].Id}): goes on from its last checkpoint, was at step 40 of 320
            """.ReplaceLineEndings("\n"),
            fixture.Lines,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(fixture.Cell(plan, 0).ProbesOffPath));
    }

    [Fact]
    public async Task What_an_earlier_run_gave_up_is_tried_again()
    {
        var plan = await fixture.PlanAsync(".Probe(Gini())");
        var cell = fixture.Cell(plan, 0);
        Directory.CreateDirectory(cell.Path);
        await File.WriteAllTextAsync(cell.ProbesOffPath, "{}");
        await fixture.RunAsync(plan, FakeLauncher.Finishing());
        Assert.False(File.Exists(cell.ProbesOffPath));
    }

    [Fact]
    public async Task There_are_no_more_handovers_than_probes()
    {
        var plan = await fixture.PlanAsync(".Probe(Gini(), Hoyer())");
        var launcher = new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Handover));
        var result = await fixture.RunAsync(plan, launcher);
        Assert.Equal(3, launcher.Starts.Count);
        Assert.Equal(1, result.Count(CellOutcome.Stopped));
    }

    private static CellStatus Status(int worker, long step) =>
        new()
        {
            State = "stopped",
            Step = step,
            Steps = 320,
            ProcessId = worker,
        };
}
