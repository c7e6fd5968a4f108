using ReLoRA.Core.Dynamics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>
/// The artefact of published condition numbers of low-rank updates: a product of rank 16 has no finite one, and its rounding to
/// bfloat16 gives one that looks like a result.
/// </summary>
public sealed class RoundedUpdateTests
{
    private const int Rank = 16;

    [Theory]
    // The ranges hold what other draws gave and what the paper's runs were read to have (5.1e3, 4.0e3, 7.8e5).
    [InlineData(96, 384, 2e3, 2e4)]
    [InlineData(32, 96, 1e3, 2e4)]
    [InlineData(96, 96, 1e4, 1e8)]
    public void An_untrained_product_of_rank_16_in_bfloat16_has_the_published_condition_number_and_ours_is_of_its_16_directions(
        long rows,
        long columns,
        double least,
        double most
    )
    {
        using var scope = NewDisposeScope();
        var exact = Matrices.Product(rows, columns, Rank);
        var stored = Spectrum.OfStored(exact.to(bfloat16));
        var truth = ConditionNumber.Of(Spectrum.OfStored(exact)).Value;

        var (published, ours) = (ConditionNumber.Raw(stored), ConditionNumber.Of(stored));
        Assert.InRange(published.Value, least, most);
        Assert.Equal("numerically singular", published.Finding);
        Assert.Equal($"rank deficient (16 of {Math.Min(rows, columns)})", ours.Finding);
        // Rounding moves the sixteenth singular value by less than the tolerance, which is a tenth of it here.
        Assert.Equal(1, ours.Value / truth, 0.1);
        Assert.InRange(EffectiveRank.Of(stored).Value, 0, (double)Rank / Math.Min(rows, columns));
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"{rows} x {columns}: {published.Value:G3} and {ours.Value:G3}, exact {truth:G3}"
            )
        );
    }

    [Fact]
    public void The_same_product_in_32_and_64_bits_has_another_raw_condition_number_and_the_same_of_ours()
    {
        using var scope = NewDisposeScope();
        var exact = Matrices.Product(96, 96, Rank);
        var (single, wide) = (Spectrum.OfStored(exact.to(float32)), Spectrum.OfStored(exact));

        // Each is about one over the epsilon of its type: a figure of the format, not of the update.
        Assert.InRange(ConditionNumber.Raw(single).Value, 1e7, 1e12);
        Assert.InRange(ConditionNumber.Raw(wide).Value, 1e15, 1e20);
        Assert.Equal(1, ConditionNumber.Of(single).Value / ConditionNumber.Of(wide).Value, 1e-6);
    }
}
