using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class CellTenureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private CellFolder Cell => new RunsFolder(folder.Path).Cell("aaaaaaaaaaaa");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_earlier_start_of_the_same_task_is_cut_off_at_once_however_alive_it_looks()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Beat();
        Tenure(Owner("17", 1)).CutOff(Cell);
        Assert.True(Owner("17", 1).IsSame(CellOwner.Read(Cell.OwnerPath)));
        Assert.True(Tenure(Owner("17", 1)).TryTake(Cell, out _));
    }

    [Fact]
    public void An_earlier_start_takes_nothing_from_a_later_one()
    {
        Owner("17", 1).Write(Cell.OwnerPath);
        Assert.Throws<CellReplacedException>(() => Tenure(Owner("17", 0)).CutOff(Cell));
        Assert.Throws<CellReplacedException>(() => Tenure(Owner("17", 0)).TryTake(Cell, out _));
    }

    [Fact]
    public void Nobody_takes_a_cell_that_another_task_trains_on_another_machine()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Beat();
        Assert.False(Tenure(Owner("18", 0)).TryTake(Cell, out var elsewhere));
        Assert.Equal("on node7 by the task 17_3", elsewhere);
        Assert.False(Tenure(null).TryTake(Cell, out _));
        Assert.True(Owner("17", 0).IsSame(CellOwner.Read(Cell.OwnerPath)));
    }

    [Fact]
    public void A_cell_without_a_sign_of_life_is_taken_over()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Beat();
        File.SetLastWriteTimeUtc(Cell.HeartbeatPath, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(Tenure(Owner("18", 0)).TryTake(Cell, out _));
        Assert.True(Owner("18", 0).IsSame(CellOwner.Read(Cell.OwnerPath)));
    }

    [Fact]
    public void A_run_outside_of_the_scheduler_takes_the_owner_away_and_so_cuts_it_off()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Assert.True(Tenure(null).TryTake(Cell, out _));
        Assert.False(File.Exists(Cell.OwnerPath));
        Assert.False(new CellFence(Cell, Owner("17", 0)).IsMine);
    }

    private static CellTenure Tenure(CellOwner? owner) => new(owner, TimeProvider.System);

    private static CellOwner Owner(string job, int restart) =>
        new()
        {
            Job = job,
            Task = 3,
            Restart = restart,
            Node = "node7",
        };

    /// <summary>A worker of another machine that lives.</summary>
    private void Beat()
    {
        new CellStatus
        {
            State = "running",
            Host = "elsewhere",
            ProcessId = 1,
        }.Write(Cell.StatusPath);
        File.WriteAllBytes(Cell.HeartbeatPath, []);
    }
}
