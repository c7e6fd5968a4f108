using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class TaskRangesTests
{
    [Fact]
    public void Neighbours_are_a_range() => Assert.Equal(["1,3-5,9"], TaskRanges.Of([5, 3, 9, 4, 1, 3]));

    [Fact]
    public void No_tasks_are_no_piece() => Assert.Empty(TaskRanges.Of([]));

    [Fact]
    public void A_long_list_comes_in_pieces() =>
        Assert.Equal(["0,2", "4,6", "8"], TaskRanges.Of([0, 2, 4, 6, 8], rangesAtOnce: 2));

    [Fact]
    public void Every_piece_fits_into_an_argument()
    {
        // Ten thousand tasks of which no two are neighbours.
        var pieces = TaskRanges.Of(Enumerable.Range(0, 10_000).Select(i => 2 * i));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 4_000));
        Assert.Equal(20, pieces.Count);
    }

    [Fact]
    public void The_pieces_name_exactly_the_tasks()
    {
        var tasks = Gen.Choose(0, 60).ListOf();
        Prop.ForAll(
                tasks.ToArbitrary(),
                Gen.Choose(1, 5).ToArbitrary(),
                (chosen, size) => TaskRanges.Of(chosen, size).SelectMany(Read).SequenceEqual(chosen.Distinct().Order())
            )
            .QuickCheckThrowOnFailure();
    }

    /// <summary>As Slurm reads them.</summary>
    private static IEnumerable<int> Read(string piece) =>
        piece
            .Split(',')
            .Select(range => range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray())
            .SelectMany(ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
}
