using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Searching;

namespace ReLoRA.Scripting.Tests.Searching;

public sealed class SobolSequenceTests
{
    private const double Unit = 1.0 / (1L << 32);

    // Joe and Kuo's own program prints these for three dimensions of new-joe-kuo-6.21201.
    [Fact]
    public void The_first_points_are_the_published_ones()
    {
        double[][] published =
        [
            [0, 0, 0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        for (var point = 0; point < published.Length; point++)
            Assert.Equal(published[point], Enumerable.Range(0, 3).Select(i => SobolSequence.Bits(point, i) * Unit));
    }

    [Fact]
    public void Every_dimension_has_one_point_in_each_of_as_many_intervals_as_there_are_points()
    {
        for (var dimension = 0; dimension < SobolSequence.MostDimensions; dimension++)
            Assert.Equal(
                Enumerable.Range(0, 1024).Select(i => (uint)i),
                Enumerable.Range(0, 1024).Select(point => SobolSequence.Bits(point, dimension) >> 22).Order()
            );
    }

    // Joe and Kuo chose their numbers so that this holds up to dimension 1,111; a digit mistyped would most likely break it.
    [Fact]
    public void The_first_two_to_the_d_points_lie_in_one_orthant_each_in_any_number_of_dimensions()
    {
        for (var dimensions = 1; dimensions <= SobolSequence.MostDimensions; dimensions++)
        {
            // Points are sums of direction numbers, so that it is enough that the leading bits of these are independent.
            var rows = Enumerable.Range(0, dimensions).Select(i => Leading(1L << i, dimensions)).ToList();
            Assert.Equal(dimensions, Rank(rows));
        }
    }

    // As well as above: in two dimensions, whichever, a square of 16 by 16 boxes.
    [Fact]
    public void The_sampler_covers_the_space_evenly_whatever_its_seed()
    {
        SearchDimension[] dimensions = [Share("a"), Share("b")];
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var sampler = new SobolSampler(dimensions, seed);
            var boxes = Enumerable
                .Range(0, 16)
                .Select(draw => sampler.Begin(draw, []))
                .Select(pick => ((int)(4 * pick(dimensions[0])), (int)(4 * pick(dimensions[1]))));
            Assert.Equal(16, boxes.Distinct().Count());
        }
    }

    private static RangeDimension Share(string name) => new(name, 0, 1, Scale.Linear, 0);

    /// <summary>The leading bits of one direction number of each dimension; in Gray code a power of two is the sum of two.</summary>
    private static ulong Leading(long power, int dimensions)
    {
        var bits = 0UL;
        for (var dimension = 0; dimension < dimensions; dimension++)
            bits |= (ulong)(SobolSequence.Bits(power, dimension) >> 31) << dimension;
        return bits;
    }

    private static int Rank(List<ulong> rows)
    {
        var rank = 0;
        for (var bit = 0; bit < 64; bit++)
        {
            var pivot = rows.FindIndex(rank, row => (row >> bit & 1) == 1);
            if (pivot < 0)
                continue;
            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (var i = 0; i < rows.Count; i++)
                if (i != rank && (rows[i] >> bit & 1) == 1)
                    rows[i] ^= rows[rank];
            rank++;
        }
        return rank;
    }
}
