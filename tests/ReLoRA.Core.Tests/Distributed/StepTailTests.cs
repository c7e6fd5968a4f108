using ReLoRA.Core.Distributed;

namespace ReLoRA.Core.Tests.Distributed;

public sealed class StepTailTests
{
    [Theory]
    [InlineData(10.8123456789012345)]
    [InlineData(1e-12)]
    [InlineData(0)]
    [InlineData(250.75)]
    public void A_loss_keeps_its_digits_though_it_is_summed_in_32_bits(double loss)
    {
        const int ranks = 64;
        var sum = new float[StepTail.Length];
        for (var rank = 0; rank < ranks; rank++)
        {
            var own = new StepTail(3, loss * (rank + 1) / ranks, default).ToNumbers();
            for (var i = 0; i < sum.Length; i++)
                sum[i] += own[i];
        }
        var all = StepTail.Of(sum);
        Assert.Equal(3 * ranks, all.Rows);
        Assert.Equal(loss * (ranks + 1) / 2, all.Loss, 1e-10);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_finite_number_stays_none(double loss) =>
        Assert.Equal(loss, StepTail.Of(new StepTail(1, loss, default).ToNumbers()).Loss);

    [Fact]
    public void What_one_process_asks_for_all_hear()
    {
        var (asks, silent) = (new StepTail(1, 2, new StepWish(true, false)).ToNumbers(), new StepTail(1, 2, default));
        var sum = asks.Zip(silent.ToNumbers(), (a, b) => a + b).ToArray();
        Assert.Equal(new StepWish(true, false), StepTail.Of(sum).Wish);
    }
}
