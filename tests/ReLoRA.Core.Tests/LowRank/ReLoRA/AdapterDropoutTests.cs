using ReLoRA.Core.LowRank.ReLoRA;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

[Collection(DefaultGenerator.Collection)]
public sealed class AdapterDropoutTests
{
    // Five standard deviations of a count of independent flags.
    private const double Deviations = 5;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_mask_drops_its_share_and_neighbours_are_independent(double rate)
    {
        var flags = new byte[1_000_003];
        HashedMask.Fill(flags, key: 7, rate);

        var share = HashedMask.Share(rate);
        Assert.InRange(share, rate - (0.5 / 65536), rate + (0.5 / 65536));
        Assert.All(flags.Distinct(), flag => Assert.InRange(flag, 0, 1));
        AssertShare(share, flags.Select(flag => flag == 1));
        // Those of one hash, of neighbouring hashes, and of the two halves of a pass.
        foreach (var distance in new[] { 1, 2, 3, 4, 31, 32, 33, 64 })
            AssertShare(share * share, flags.Zip(flags.Skip(distance), (one, other) => one == 1 && other == 1));
    }

    [Fact]
    public void Keys_next_to_each_other_give_unlike_masks_and_one_key_the_same_to_any_length()
    {
        var (first, second, shorter) = (new byte[100_000], new byte[100_000], new byte[777]);
        HashedMask.Fill(first, key: 1, 0.5);
        HashedMask.Fill(second, key: 2, 0.5);
        HashedMask.Fill(shorter, key: 1, 0.5);
        AssertShare(0.5, first.Zip(second, (one, other) => one == other));
        Assert.Equal(first.Take(777), shorter);
    }

    [Fact]
    public void The_generator_decides_on_the_mask_and_what_stays_is_unchanged()
    {
        using var scope = NewDisposeScope();
        var x = randn(50, 40);
        manual_seed(3);
        var once = AdapterDropout.Drop(x, 0.3);
        var next = AdapterDropout.Drop(x, 0.3);
        manual_seed(3);
        var again = AdapterDropout.Drop(x, 0.3);

        Assert.True(once.equal(again).all().item<bool>());
        Assert.False(once.equal(next).all().item<bool>());
        var kept = once.ne(zeros(1));
        Assert.True(once.equal(x.mul(kept)).all().item<bool>());
        Assert.InRange(kept.sum().item<long>(), 1270, 1530);
    }

    private static void AssertShare(double expected, IEnumerable<bool> flags)
    {
        var (set, count) = (0L, 0L);
        foreach (var flag in flags)
            (set, count) = (set + (flag ? 1 : 0), count + 1);
        var deviation = Math.Sqrt(expected * (1 - expected) / count);
        Assert.InRange((double)set / count, expected - (Deviations * deviation), expected + (Deviations * deviation));
    }
}
