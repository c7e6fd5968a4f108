using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Tests.Training;

public sealed class LossLevelTests
{
    private static readonly StabilityConfig Rule = new() { RecoverySteps = 20 };

    [Fact]
    public void A_loss_that_wavers_and_falls_is_no_spike() =>
        Assert.Empty(Events(Enumerable.Range(0, 400).Select(i => 6 - (0.005 * i) + Waver(i))));

    [Fact]
    public void A_leap_that_comes_back_is_told_with_the_steps_that_took()
    {
        var events = Events([.. Calm(100), 7, 6.5, 6, 5.5, .. Calm(50)]);
        Assert.Equal(["began 101+0", "recovered 101+4"], events.Select(Text));
        Assert.Equal(7, events[1].Peak);
        Assert.Equal(4, events[0].Mean, 0.02);
    }

    [Fact]
    public void A_leap_that_stays_is_a_divergence_once_and_then_the_new_level()
    {
        var events = Events([.. Calm(100), .. Calm(200).Select(loss => loss + 3)]);
        Assert.Equal(["began 101+0", "diverged 101+20"], events.Select(Text));
    }

    [Fact]
    public void Nothing_is_judged_before_there_are_enough_losses() =>
        Assert.Empty(Events([.. Calm(LossLevel.LeastSteps - 1), 50]));

    [Fact]
    public void A_loss_that_does_not_vary_at_all_may_rise_a_little() =>
        Assert.Empty(Events([.. Enumerable.Repeat(4.0, 100), 4 + (0.99 * LossLevel.LeastRise)]));

    [Fact]
    public void A_spike_does_not_raise_the_level_that_it_is_measured_by()
    {
        var (before, _) = After(Calm(100));
        var (within, _) = After([.. Calm(100), 9, 9, 9]);
        Assert.Equal((before.Mean, before.Variance), (within.Mean, within.Variance));
    }

    private static IEnumerable<double> Calm(int count) => Enumerable.Range(0, count).Select(i => 4 + Waver(i));

    /// <summary>Between -0.1 and 0.1, without chance.</summary>
    private static double Waver(int i) => 0.1 * Math.Sin(i * 1.7);

    private static string Text(LossEvent happened) =>
        FormattableString.Invariant($"{happened.Phase} {happened.First}+{happened.Steps}");

    private static List<LossEvent> Events(IEnumerable<double> losses) => After(losses).Events;

    private static (LossLevel Level, List<LossEvent> Events) After(IEnumerable<double> losses)
    {
        var (level, events) = (new LossLevel(), new List<LossEvent>());
        foreach (var (i, loss) in losses.Index())
        {
            (level, var happened) = level.With(loss, i + 1, Rule);
            if (happened is not null)
                events.Add(happened);
        }
        return (level, events);
    }
}
