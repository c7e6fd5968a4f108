using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class EvaluationChangeTests : IDisposable
{
    private const string Finished =
        "FullRank ({0}) was evaluated otherwise: other data, Evaluation.Every was 7, is 80, Evaluation.MaxRows was 3, is 0; "
        + "it is finished and keeps its evaluations. To evaluate it from its start on, train a new copy: --fresh --only {0}";

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_new_cell_has_nothing_to_tell()
    {
        var plan = await fixture.PlanAsync("");
        Assert.Null(EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0)));
    }

    [Fact]
    public async Task The_same_evaluation_is_not_told()
    {
        var plan = await fixture.PlanAsync("");
        Log(plan, plan.Cells[0].Config, plan.Cells[0].Datasets.Hashes.Evaluation, finished: true);
        Assert.Null(EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0)));
    }

    [Fact]
    public async Task Other_probes_are_told()
    {
        var plan = await fixture.PlanAsync(".Probe(EffectiveRank(every: 5))");
        var before = plan.Cells[0].Config with { Probes = [] };
        Log(plan, before, plan.Cells[0].Datasets.Hashes.Evaluation, finished: true);
        Assert.StartsWith(
            $"FullRank ({plan.Cells[0].Id}) was evaluated otherwise: its probes were none, are effective_rank/weight every 5; it is finished",
            EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Settings_of_probes_that_are_not_the_default_are_told()
    {
        const string now =
            "SubspaceOverlap(aroundResets: false, directions: 4, side: SingularSide.Left, rows: 16).At(1, 5).LogSpaced(), "
            + "Measure(\"x\", every: 5, p => 1, limit: 7).AfterResets(1, 2).WhenRewarmed()";
        var plan = await fixture.PlanAsync($".Probe({now})");
        var before = plan.Cells[0].Config with { Probes = [new ProbeConfig()] };
        Log(plan, before, plan.Cells[0].Datasets.Hashes.Evaluation, finished: true);
        Assert.Contains(
            "its probes were effective_rank/weight every 0, are subspace_overlap/weight every 0 at 1,5 3 a decade not around resets "
                + "of 4 directions on the left side on 16 rows and x every 5 1,2 after resets when rewarmed within 7 s; it is",
            EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_finished_cell_that_was_evaluated_otherwise_is_told_by_plan_and_run()
    {
        var plan = await fixture.PlanAsync("");
        var evaluation = plan.Cells[0].Config.Evaluation with { Every = 7, MaxRows = 3 };
        Log(plan, plan.Cells[0].Config with { Evaluation = evaluation }, "other", finished: true);

        var change = EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0));
        await fixture.RunAsync(plan, FakeLauncher.Finishing());

        var expected = Finished.Replace("{0}", plan.Cells[0].Id, StringComparison.Ordinal);
        Assert.Equal(expected, fixture.Tidy(change!));
        Assert.Contains(expected, fixture.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_was_begun_is_told_to_be_evaluated_anew_from_here_on()
    {
        var plan = await fixture.PlanAsync("");
        Log(plan, plan.Cells[0].Config, "other", finished: false);
        Assert.Contains(
            "other data; it was begun with them and is evaluated anew only from here on",
            EvaluationChange.Of(plan.Cells[0], fixture.Cell(plan, 0)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_configuration_of_another_version_is_told_and_ends_nothing()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        Directory.CreateDirectory(cell.Path);
        using (var log = RunLogWriter.Create(cell.LogPath))
            log.Append(
                Records.Run() with
                {
                    Config = """{"Unknown":1}""",
                    EvaluationData = plan.Cells[0].Datasets.Hashes.Evaluation,
                }
            );
        Assert.Contains(
            "settings that this version cannot read (Unknown is not a knob of this version.",
            EvaluationChange.Of(plan.Cells[0], cell),
            StringComparison.Ordinal
        );
    }

    private void Log(SweepPlan plan, RunConfig config, string evaluationData, bool finished)
    {
        var cell = fixture.Cell(plan, 0);
        Directory.CreateDirectory(cell.Path);
        using var log = RunLogWriter.Create(cell.LogPath);
        log.Append(Records.Run() with { Config = ConfigJson.Write(config), EvaluationData = evaluationData });
        if (finished)
            log.Append(
                new EndRecord
                {
                    Step = 1,
                    Tokens = 1,
                    Outcome = "finished",
                    Loss = 5,
                }
            );
    }
}
