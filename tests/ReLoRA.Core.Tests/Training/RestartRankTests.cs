using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

/// <summary>
/// How carried-over adapters show in the rank of their product, which is how they were found out. The recorded simulation ran on
/// another corpus, so its numbers are not ours to meet; what it says of them is: each statement is held against its rows and ours.
/// </summary>
[Collection(DefaultGenerator.Collection)]
public sealed class RestartRankTests : IDisposable
{
    private const string Toy = "toyA";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Carried_over_adapters_grow_in_rank_across_resets_and_real_restarts_do_not()
    {
        var recordedCarried = Recorded("adapters restored from fp32 masters");
        var recordedRestarted = Recorded("merge without scale, adapters really");
        var steps = recordedCarried.Keys.ToList();

        AssertStatements("recorded", recordedCarried, recordedRestarted);

        // Without dropout, which the simulation did not have.
        var carried = ToyRun.Rows(folder, ResetSemantics.PaperAsRun with { Dropout = 0 }, steps);
        var restarted = ToyRun.Rows(folder, ResetSemantics.PaperSingleGpu with { Dropout = 0 }, steps);
        AssertStatements("ours", carried, restarted);
    }

    private static void AssertStatements(
        string whose,
        IReadOnlyDictionary<int, ToyRow> carried,
        IReadOnlyDictionary<int, ToyRow> restarted
    )
    {
        var resets = carried.Keys.Where(step => step > ToyRun.Every && step % ToyRun.Every == ToyRun.Warmup).Order();
        var after = resets.ToList();
        var text = string.Join(
            '\n',
            carried
                .Keys.Order()
                .Select(step => FormattableString.Invariant($"{step}: {carried[step]} {restarted[step]}"))
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{whose}\n{text}");

        // Adapters are dead until the first reset, in either.
        Assert.All(
            carried.Keys.Where(step => step <= ToyRun.Every),
            step => Assert.Equal((0, 0), (carried[step].Norm, restarted[step].Norm))
        );
        // They wake with few directions where they are carried over, since one step alone woke them, and with many where A was drawn.
        Assert.True(carried[after[0]].Rank < 0.6 * restarted[after[0]].Rank, text);
        // From reset to reset the carried-over ones gain rank, twice over in the end; restarted ones begin again.
        Assert.True(carried[after[^1]].Rank > 1.5 * carried[after[0]].Rank, text);
        Assert.True(restarted[after[^1]].Rank < 1.2 * restarted[after[0]].Rank, text);
        // What was merged is still there right after a reset, or it is gone.
        Assert.All(
            after.Skip(1),
            step =>
            {
                var before = step - ToyRun.Warmup;
                Assert.True(carried[step].Norm > 0.7 * carried[before].Norm, text);
                Assert.True(restarted[step].Norm < 0.6 * restarted[before].Norm, text);
            }
        );
    }

    private static Dictionary<int, ToyRow> Recorded(string variant) =>
        File.ReadLines(SharedData.Require("reference", "reset_semantics_toy_simulation.csv"))
            .Where(line => line.StartsWith(Toy, StringComparison.Ordinal))
            .Where(line => line.Contains(variant, StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf('"') + 2)..].Split(','))
            .ToDictionary(
                fields => int.Parse(fields[0], CultureInfo.InvariantCulture),
                fields => new ToyRow(Number(fields[1]), Number(fields[3]))
            );

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
