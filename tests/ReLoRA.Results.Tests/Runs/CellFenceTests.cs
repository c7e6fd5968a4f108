using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Runs;

public sealed class CellFenceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private CellFolder Cell => new RunsFolder(folder.Path).Cell("aaaaaaaaaaaa");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cell_without_an_owner_is_everybodys_that_no_scheduler_started()
    {
        Assert.True(new CellFence(Cell, null).IsMine);
        Assert.False(new CellFence(Cell, Owner(0)).IsMine);
    }

    [Fact]
    public void A_cell_is_its_owners_and_no_others()
    {
        Owner(1).Write(Cell.OwnerPath);
        Assert.True(new CellFence(Cell, Owner(1)).IsMine);
        Assert.False(new CellFence(Cell, Owner(0)).IsMine);
        Assert.False(new CellFence(Cell, null).IsMine);
    }

    [Fact]
    public void Who_was_replaced_is_told_by_whom()
    {
        (Owner(1) with { Node = "node7" }).Write(Cell.OwnerPath);
        var fault = Assert.Throws<CellReplacedException>(new CellFence(Cell, Owner(0)).Require);
        Assert.Contains(
            "no longer written by 17_3_0: it was cut off and replaced by 17_3_1 on node7",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_worker_that_was_started_by_hand_on_a_tasks_cell_is_told_how_to_go_on()
    {
        Owner(1).Write(Cell.OwnerPath);
        var fault = Assert.Throws<CellReplacedException>(new CellFence(Cell, null).Require);
        Assert.Contains("by 'relora run'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--owner 17_3_1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_is_read_back_from_its_name()
    {
        Assert.True(CellOwner.Parse(Owner(4).Name).IsSame(Owner(4)));
        Assert.Throws<FormatException>(() => CellOwner.Parse("17_3"));
        Assert.Throws<FormatException>(() => CellOwner.Parse("17_x_0"));
    }

    private static CellOwner Owner(int restart) =>
        new()
        {
            Job = "17",
            Task = 3,
            Restart = restart,
        };
}
