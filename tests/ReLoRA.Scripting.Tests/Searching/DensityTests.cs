using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Tests.Searching;

public sealed class DensityTests
{
    [Fact]
    public void The_density_of_a_range_has_a_mass_of_one()
    {
        var range = new RangeDimension("x", 1e-4, 1e-1, Scale.Log, 0);
        var density = new RangeDensity(range, [2e-4, 3e-3, 9e-2], [0.3, 0.3, 0.3, 0.1]);
        const int points = 20_000;
        var width = (range.End - range.Start) / points;
        var mass = Enumerable
            .Range(0, points)
            .Sum(i => Math.Exp(density.Log(Math.Exp(range.Start + (i + 0.5) * width))) * width);
        Assert.Equal(1, mass, 1e-4);
    }

    [Fact]
    public void The_shares_of_whole_numbers_sum_to_one()
    {
        var range = new RangeDimension("rank", 1, 64, Scale.Log, 1);
        var density = new RangeDensity(range, [4, 8, 8], [0.3, 0.3, 0.3, 0.1]);
        Assert.Equal(1, Enumerable.Range(1, 64).Sum(rank => Math.Exp(density.Log(rank))), 1e-5);
    }

    [Fact]
    public void Draws_are_distributed_as_the_density_says()
    {
        var range = new RangeDimension("rank", 1, 6, Scale.Linear, 1);
        var density = new RangeDensity(range, [2, 2, 5], [0.25, 0.25, 0.25, 0.25]);
        var random = new SearchRandom(3, 0, "");
        var draws = Enumerable.Range(0, 40_000).Select(_ => density.Draw(random)).ToList();
        for (var rank = 1; rank <= 6; rank++)
            // Four standard deviations of a share of 40,000 draws.
            Assert.Equal(Math.Exp(density.Log(rank)), draws.Count(draw => draw == rank) / 40_000.0, 0.01);
    }

    [Fact]
    public void A_choice_counts_what_was_taken_and_leaves_something_for_the_others()
    {
        var density = new ChoiceDensity(new ChoiceDimension("method", 4), [1, 1, 3], [0.25, 0.25, 0.25, 0.25]);
        double[] expected = [0.0625, 0.5625, 0.0625, 0.3125];
        for (var option = 0; option < 4; option++)
            Assert.Equal(expected[option], Math.Exp(density.Log(option)), 1e-12);
    }

    [Theory]
    [InlineData(-1, 1, 0.6826894921)]
    [InlineData(0, 3, 0.4986501020)]
    [InlineData(4, 5, 3.13845907e-5)]
    public void The_normal_mass_is_right_in_the_middle_and_in_the_tail(double from, double to, double expected) =>
        Assert.Equal(1, NormalDistribution.Mass(from, to) / expected, 1e-5);

    [Fact]
    public void A_number_drawn_has_four_digits_and_stays_inside()
    {
        var range = new RangeDimension("x", 1e-4, 3e-2, Scale.Log, 0);
        Assert.Equal(1e-4, range.AtShare(0));
        Assert.Equal(3e-2, range.AtShare(1));
        Assert.Equal(0.001732, range.AtShare(0.5));
    }

    [Fact]
    public void Steps_give_every_value_the_same_share()
    {
        var range = new RangeDimension("x", 0.1, 0.5, Scale.Linear, 0.1);
        var values = Enumerable.Range(0, 1000).Select(i => Math.Round(range.AtShare((i + 0.5) / 1000), 10));
        Assert.Equal(
            [(0.1, 200), (0.2, 200), (0.3, 200), (0.4, 200), (0.5, 200)],
            values.GroupBy(value => value).Select(group => (group.Key, group.Count()))
        );
    }
}
