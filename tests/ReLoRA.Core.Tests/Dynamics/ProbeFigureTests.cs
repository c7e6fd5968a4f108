using ReLoRA.Core.Dynamics;

namespace ReLoRA.Core.Tests.Dynamics;

public sealed class ProbeFigureTests
{
    [Fact]
    public void The_mean_stands_for_a_vector()
    {
        var figure = ProbeFigure.OfVector([1, 2, 6]);
        Assert.Equal(3, figure.Value);
        Assert.Equal([1, 2, 6], figure.Vector);
        Assert.Equal("", figure.Finding);
    }

    [Fact]
    public void Of_a_vector_that_never_ends_no_more_is_read_than_is_refused()
    {
        var figure = ProbeFigure.OfVector(Endless());
        var fault = Assert.Throws<UserFaultException>(() => ProbeValues.Of("q_proj", figure));
        Assert.Equal(
            "100001 numbers of q_proj are more than the 100000 that a log holds of one thing. Return fewer, or save them by Snapshot(...).",
            fault.Message
        );

        static IEnumerable<double> Endless()
        {
            while (true)
                yield return 1;
        }
    }

    [Fact]
    public void A_table_is_kept_row_by_row_and_no_number_stands_for_it()
    {
        var figure = ProbeFigure.OfTable(
            new ProbeTable(
                ["norm", "rank"],
                [
                    [1, 2],
                    [3, 4],
                ]
            )
        );
        Assert.Equal(double.NaN, figure.Value);
        Assert.Equal([1, 2, 3, 4], figure.Vector);
        Assert.Equal(["norm", "rank"], figure.Columns);
    }

    [Fact]
    public void What_holds_no_numbers_is_empty()
    {
        Assert.Equal("empty", ProbeFigure.OfVector([]).Finding);
        Assert.Equal("empty", ProbeFigure.OfTable(new ProbeTable(["norm"], [])).Finding);
    }

    [Fact]
    public void A_table_that_is_none_is_told()
    {
        Assert.Equal(
            "Row 1 of the table has 3 numbers; it has 2 columns: norm, rank.",
            Fault(
                new ProbeTable(
                    ["norm", "rank"],
                    [
                        [1, 2],
                        [3, 4, 5],
                    ]
                )
            )
        );
        Assert.Equal(
            "The table has no columns. Name each: new ProbeTable([\"norm\"], rows).",
            Fault(
                new ProbeTable(
                    [],
                    [
                        [],
                    ]
                )
            )
        );
        const string nothing = "The figure is null. Return a number, a vector or a table.";
        Assert.Equal(nothing, Fault(null!));
        Assert.Equal(nothing, Assert.Throws<UserFaultException>(() => ProbeFigure.OfVector(null!)).Message);
    }

    private static string Fault(ProbeTable table) =>
        Assert.Throws<UserFaultException>(() => ProbeFigure.OfTable(table)).Message;
}
