using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Tests.Planning.Quick;

public sealed class QuickPlanTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_and_the_last_cell_are_tried_with_their_partners()
    {
        var plan = await PlanAsync(
            "Sweep(\"s\", Presets.Nano with { LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA } })"
                + ".Grid(c => c.LowRank.Rank, 4, 8, 16).Seeds(count: 2).Baseline();"
        );

        Assert.Equal(
            ["FullRank Seed=42", "ReLoRA Seed=42", "FullRank Seed=43", "ReLoRA Seed=43"],
            plan.Cells.Select(cell => cell.Label)
        );
        Assert.Equal([4, 16], plan.Cells.Where(cell => cell.Baseline != "").Select(cell => cell.Config.LowRank.Rank));
        Assert.All(plan.Cells, cell => Assert.Equal(20, cell.Config.Steps));
        Assert.Equal(
            "quick: 2 of 6 declared cells, 20 steps each, of a small model. The figures mean nothing.",
            plan.Notes[0]
        );
    }

    [Fact]
    public async Task The_corpus_that_ships_stands_in_for_data_that_is_not_there()
    {
        var plan = await PlanAsync(
            "Sweep(\"s\", Presets.PicoTiny with { Data = Presets.PicoTiny.Data with { Train = \"no/train\" },"
                + " Evaluation = new() { Perplexity = \"no/validation\" } });"
        );

        var cell = Assert.Single(plan.Cells);
        Assert.Equal(20, cell.Config.Steps);
        Assert.EndsWith("datasets/english/train", cell.Datasets.Train, StringComparison.Ordinal);
        Assert.Contains("quick: no/train is not here; datasets/english/train and ", string.Join('\n', plan.Notes));
        Assert.Contains("quick: no/validation is not here; ", string.Join('\n', plan.Notes));
    }

    private async Task<SweepPlan> PlanAsync(string text)
    {
        using var script = await folder.LoadAsync(text);
        return SweepPlanner.Plan(Assert.Single(script.Sweeps), script.Folder, quick: true);
    }
}
