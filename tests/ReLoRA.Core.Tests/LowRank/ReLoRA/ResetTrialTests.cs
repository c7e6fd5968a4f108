using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>Correct resets of drawn models raise no alarm.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class ResetTrialTests
{
    [Fact]
    public void Forty_correct_resets_raise_no_alarm() => AssertQuiet(40);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_thousand_correct_resets_raise_no_alarm() => AssertQuiet(1_000);

    private static void AssertQuiet(int count)
    {
        var margins = new Dictionary<Precision, ResetMargins>
        {
            [Precision.Float32] = new(),
            [Precision.Float64] = new(),
        };
        var alarms = new List<string>();
        for (var seed = 1; seed <= count; seed++)
        {
            var trial = new ResetTrial(seed);
            var outcome = trial.Reset();
            margins[trial.Config.Precision].Add(outcome, trial.Config.Precision);
            alarms.AddRange(
                ResetPromises.Broken(outcome, trial.Config).Select(alarm => $"{seed}, {trial}: it {alarm}")
            );
        }
        foreach (var (precision, found) in margins)
            TestContext.Current.TestOutputHelper?.WriteLine($"{precision}: {found}");
        Assert.True(alarms.Count == 0, $"{alarms.Count} of {count}\n{string.Join('\n', alarms.Take(40))}");
    }
}
