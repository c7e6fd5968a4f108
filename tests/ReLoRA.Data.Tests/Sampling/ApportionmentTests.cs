using ReLoRA.Data.Sampling;

namespace ReLoRA.Data.Tests.Sampling;

public sealed class ApportionmentTests
{
    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, new[] { 500, 500 })]
    [InlineData(new[] { 1.0 / 3, 1.0 / 3, 1.0 / 3 }, new[] { 334, 333, 333 })]
    [InlineData(new[] { 0.9994, 0.0006 }, new[] { 999, 1 })]
    [InlineData(new[] { 0.1235, 0.8765 }, new[] { 124, 876 })]
    public void Counts_add_up_and_the_largest_remainders_get_what_is_left(double[] shares, int[] counts) =>
        Assert.Equal(counts, Apportionment.Of(shares, 1000));
}
