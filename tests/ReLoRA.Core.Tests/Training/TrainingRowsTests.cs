using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class TrainingRowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int cells;

    public static TheoryData<string, DataConfig> Streams { get; } =
        new()
        {
            { "windowed", SmallRuns.Config.Data with { Order = DataOrder.Windowed, WindowRows = 10 } },
            { "as stored", SmallRuns.Config.Data with { Order = DataOrder.AsStored } },
            { "carried over", SmallRuns.Config.Data with { EpochEnd = EpochEnd.Carry, BatchSize = 5 } },
            { "mixed", SmallRuns.Config.Data with { Mix = [new CorpusShare("a", 0.25), new CorpusShare("b", 0.25)] } },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_run_resumes_to_the_bit_at_the_end_of_a_pass_in_any_order_of_its_data(string name, DataConfig data) =>
        AssertResumes(name, data, 16);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Streams))]
    public void A_run_resumes_to_the_bit_within_a_pass_in_any_order_of_its_data(string name, DataConfig data) =>
        AssertResumes(name, data, 11, 17);

    [Fact]
    public void Another_order_trains_other_weights()
    {
        var losses = Streams
            .Select(row => row.Data.Item2)
            .Where(data => data.BatchSize == 4)
            .Append(SmallRuns.Config.Data)
            .Select(data =>
            {
                var cell = Cell(SmallRuns.Config with { Data = data });
                SmallRuns.Work(cell);
                return Losses(cell)[^1];
            });
        Assert.Equal(4, losses.Distinct().Count());
    }

    [Fact]
    public void What_a_run_needs_of_each_corpus_is_counted_in_whole_blocks()
    {
        var config = SmallRuns.Config with { Data = SmallRuns.Config.Data with { Mix = [new CorpusShare("a", 0.25)] } };
        Assert.Equal([120.0], TrainingRows.Needed(SmallRuns.Config));
        Assert.Equal([750.0, 250], TrainingRows.Needed(config));
    }

    // Sixteen batches of four are a pass.
    private void AssertResumes(string name, DataConfig data, params int[] stops)
    {
        Assert.NotEmpty(name);
        var config = SmallRuns.Config with
        {
            Data = data,
            Budget = new BudgetConfig { Tokens = 30L * data.BatchSize * 12 },
        };
        var straight = Cell(config);
        SmallRuns.Work(straight);
        foreach (var step in stops)
        {
            var resumed = Cell(config);
            SittingRuns.WorkUntil(resumed, step);
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));
            Assert.Equal(Losses(straight), Losses(resumed));
        }
    }

    private CellFolder Cell(RunConfig config) =>
        SmallRuns.Cell(folder, config, $"runs{cells++}", config.Data.BatchSize);

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];
}
