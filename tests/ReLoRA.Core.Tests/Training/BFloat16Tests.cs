using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

/// <summary>The precisions whose weights have 16 bits, as published studies train.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class BFloat16Tests : IDisposable
{
    /// <summary>Bfloat16 keeps 8 bits: after 30 steps a loss near 3 may be a few hundredths from that of 32 bits.</summary>
    private const double Rounding = 0.05;

    private static readonly RunConfig Full = SmallRuns.ReLoRA(ResetSemantics.Exact);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Precision.BFloat16Zero2, Architecture.Pico)]
    [InlineData(Precision.BFloat16Zero2, Architecture.NeoX)]
    [InlineData(Precision.BFloat16Pure, Architecture.Pico)]
    public void A_run_stays_near_the_one_in_32_bits_and_its_resets_keep_the_function(
        Precision precision,
        Architecture architecture
    )
    {
        var full = Full with { Model = Full.Model with { Architecture = architecture, Heads = 2 } };
        var expected = Losses(Work(full, "full"));
        var cell = Work(full with { Precision = precision }, "rounded");

        Assert.All(expected.Zip(Losses(cell)), pair => Assert.Equal(pair.First, pair.Second, Rounding));
        var resets = RunLogReader.Read(cell.LogPath).Records<ResetRecord>().ToList();
        Assert.Equal(3, resets.Count);
        Assert.All(resets, reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Precision.BFloat16Zero2, "Exact")]
    [InlineData(Precision.BFloat16Zero2, "PaperAsRun")]
    [InlineData(Precision.BFloat16Pure, "Exact")]
    public void A_run_resumes_to_the_bit_before_at_and_after_a_reset(Precision precision, string semantics)
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Named.Single(named => named.Name == semantics).Semantics) with
        {
            Precision = precision,
        };
        var straight = Losses(Work(config, "straight"));
        foreach (var step in new[] { 8, 9, 10 })
        {
            var resumed = SmallRuns.Cell(folder, config, $"resumed{step}");
            SittingRuns.WorkUntil(resumed, step);
            Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));
            Assert.Equal(straight, Losses(resumed));
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Masters_make_a_run_another_than_16_bits_alone() =>
        Assert.NotEqual(
            Losses(Work(Full with { Precision = Precision.BFloat16Zero2 }, "masters")),
            Losses(Work(Full with { Precision = Precision.BFloat16Pure }, "alone"))
        );

    private CellFolder Work(RunConfig config, string runs)
    {
        var cell = SmallRuns.Cell(folder, config, runs);
        SmallRuns.Work(cell);
        return cell;
    }

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];
}
