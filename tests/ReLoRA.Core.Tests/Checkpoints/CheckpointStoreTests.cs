using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_checkpoints_stay_and_every_so_many_steps_one_for_good()
    {
        using var checkpoints = Of(new CheckpointConfig { Keep = 2, KeepEvery = 30 });
        var store = new CheckpointStore(folder.Path);

        for (var step = 10; step <= 100; step += 10)
            checkpoints.Save(store, step);

        Assert.Equal([100, 90, 60, 30], store.Steps);
    }

    [Fact]
    public void A_checkpoint_that_was_passed_over_does_not_push_out_the_one_just_saved()
    {
        using var checkpoints = Of(new CheckpointConfig { Keep = 1 });
        var store = new CheckpointStore(folder.Path);
        checkpoints.Save(store, 30);

        checkpoints.Save(store, 20);

        Assert.Equal([20], store.Steps);
    }

    [Fact]
    public void Other_folders_are_no_checkpoints()
    {
        foreach (var name in (string[])["step_", "step_x", "step_007", "step_99999999999999999999", "other"])
            Directory.CreateDirectory(folder.File(name));

        Assert.Empty(new CheckpointStore(folder.Path).Steps);
    }

    [Theory]
    [InlineData(DiskFault.Once)]
    [InlineData(DiskFault.FromThenOn)]
    [InlineData(DiskFault.Kill)]
    public void Whatever_operation_of_a_save_fails_what_was_saved_before_is_there_and_the_next_save_succeeds(
        DiskFault fault
    )
    {
        var operations = FailEach(
            fault,
            before: [(20, 1), (10, 0)],
            during: (30, 2),
            (found, isSaved) =>
            {
                Assert.Equal(1, found[20]);
                Assert.True(!isSaved || found[30] == 2);
            }
        );

        // Four files of data and their manifest, at three operations each, and what makes them a checkpoint.
        Assert.InRange(operations, 20, 200);
    }

    [Theory]
    [InlineData(DiskFault.Once)]
    [InlineData(DiskFault.FromThenOn)]
    [InlineData(DiskFault.Kill)]
    public void At_no_moment_of_replacing_a_checkpoint_is_there_none_of_its_step(DiskFault fault) =>
        FailEach(
            fault,
            before: [(10, 1)],
            during: (10, 2),
            (found, isSaved) => Assert.InRange(found[10], isSaved ? 2 : 1, 2)
        );

    /// <summary>Lets a save's first operation fail, then the second instead, until none is left to fail.</summary>
    private int FailEach(
        DiskFault fault,
        (long Step, double Mark)[] before,
        (long Step, double Mark) during,
        Action<Dictionary<long, double>, bool> check
    )
    {
        for (var failing = 1; ; failing++)
        {
            var path = folder.File($"{failing}");
            using var checkpoints = new SmallCheckpoints(path, new CheckpointConfig { Keep = 2 });
            foreach (var (step, mark) in before.Reverse())
                checkpoints.Save(new CheckpointStore(path), step, mark);
            var disk = new FailingDisk(failing, fault);

            var thrown = Record.Exception(() =>
                checkpoints.Save(new CheckpointStore(path, disk), during.Step, during.Mark)
            );

            if (fault == DiskFault.Kill)
                Assert.True(thrown is KilledException || !disk.HasFailed, $"{failing}: {thrown}");
            else
                Assert.True(thrown is UserFaultException || !disk.HasFailed, $"{failing}: {thrown}");
            check(checkpoints.Found(), thrown is null);
            checkpoints.Save(new CheckpointStore(path), 40, 4);
            Assert.Equal(4, checkpoints.Found()[40]);
            Assert.All(checkpoints.Names(), name => Assert.Matches("^step_[0-9]+$", name));
            if (!disk.HasFailed)
                return failing - 1;
        }
    }

    private SmallCheckpoints Of(CheckpointConfig config) => new(folder.Path, config);
}
