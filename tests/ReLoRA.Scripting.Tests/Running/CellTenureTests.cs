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
        Age(Cell.HeartbeatPath);
        Assert.True(Tenure(Owner("18", 0)).TryTake(Cell, out _));
        Assert.True(Owner("18", 0).IsSame(CellOwner.Read(Cell.OwnerPath)));
    }

    [Fact]
    public void A_run_outside_of_the_scheduler_takes_the_owner_away_and_so_cuts_it_off()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Age(Cell.OwnerPath);
        Assert.True(Tenure(null).TryTake(Cell, out _));
        Assert.False(File.Exists(Cell.OwnerPath));
        Assert.False(new CellFence(Cell, Owner("17", 0)).IsMine);
    }

    [Fact]
    public void A_process_of_this_machine_that_was_given_a_workers_id_anew_keeps_nobody_from_the_cell()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Age(Cell.OwnerPath);
        Beat(Environment.MachineName);
        // The claim and the worker's lock are had before a cell is taken: its worker is gone.
        Assert.True(Tenure(null).TryTake(Cell, out _));
    }

    [Fact]
    public void Nobody_takes_a_cell_that_another_task_took_a_moment_ago()
    {
        Beat();
        Age(Cell.HeartbeatPath);
        Age(Cell.StatusPath);
        Owner("17", 0).Write(Cell.OwnerPath);
        Assert.False(Tenure(Owner("18", 0)).TryTake(Cell, out var elsewhere));
        Assert.Equal("on node7 by the task 17_3", elsewhere);

        Age(Cell.OwnerPath);
        Assert.True(Tenure(Owner("18", 0)).TryTake(Cell, out _));
    }

    [Fact]
    public void A_cell_that_a_task_stopped_a_moment_ago_is_free()
    {
        Owner("17", 0).Write(Cell.OwnerPath);
        Beat();
        new CellStatus { State = "stopped", Host = "elsewhere" }.Write(Cell.StatusPath);
        Assert.True(Tenure(Owner("18", 0)).TryTake(Cell, out _));
    }

    private static void Age(string path) =>
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

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
    private void Beat(string host = "elsewhere")
    {
        new CellStatus
        {
            State = "running",
            Host = host,
            ProcessId = 1,
        }.Write(Cell.StatusPath);
        File.WriteAllBytes(Cell.HeartbeatPath, []);
    }
}
