using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class ChosenCellsTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_pattern_chooses_by_label_or_id_and_brings_no_partner_along()
    {
        var plan = await fixture.PlanAsync(3);
        Assert.Equal([plan.Cells[1].Id], Chosen(plan, "*seed=43"));
        Assert.Equal([plan.Cells[2].Id], Chosen(plan, plan.Cells[2].Id));
        Assert.Equal(3, Chosen(plan, "FullRank").Count);
    }

    [Fact]
    public async Task A_pattern_for_any_text_is_not_looked_for_in_ids()
    {
        var plan = await fixture.PlanAsync(3);
        var id = plan.Cells[2].Id;
        Assert.Empty(Chosen(plan, $"*{id[1..]}"));
        Assert.Empty(Chosen(plan, $"{id[..^1]}*"));
        Assert.Equal([id], Chosen(plan, id.ToUpperInvariant()));
    }

    [Fact]
    public async Task Without_a_pattern_cells_that_the_script_has_no_more_are_cancelled_too()
    {
        var plan = await fixture.PlanAsync(2);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        var edited = plan with { Cells = [plan.Cells[0]] };
        Assert.Equal(plan.Cells.Select(cell => cell.Id).ToHashSet(), Chosen(edited));
        Assert.Empty(Chosen(edited, "*seed=43"));
    }

    private IReadOnlySet<string> Chosen(SweepPlan plan, params string[] patterns) =>
        ChosenCells.Of(plan.ToFile(new Dictionary<string, string>()), patterns, SubmittedTasks.Read(fixture.Runs));
}
