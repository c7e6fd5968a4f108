using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class RunOptionsTests
{
    [Theory]
    [InlineData(null, null, 6, 2, 2, 1)]
    [InlineData(null, null, 1, 2, 1, 2)]
    [InlineData(null, null, 3, 8, 3, 2)]
    [InlineData(null, 4, 6, 8, 2, 4)]
    [InlineData(1, null, 6, 8, 1, 8)]
    [InlineData(2, 3, 6, 8, 2, 3)]
    [InlineData(null, null, 0, 2, 1, 2)]
    public void Cores_are_shared_between_cells(
        int? jobs,
        int? threads,
        int cells,
        int cores,
        int resultJobs,
        int resultThreads
    ) =>
        Assert.Equal(
            (resultJobs, resultThreads),
            new RunOptions { Jobs = jobs, Threads = threads }.Resolve(cells, cores)
        );

    [Theory]
    [InlineData(null, null, 6, 8, 4, 2, 1)]
    [InlineData(null, null, 1, 8, 4, 1, 2)]
    [InlineData(null, null, 6, 2, 4, 1, 1)]
    [InlineData(1, 1, 6, 2, 4, 1, 1)]
    public void And_between_the_processes_of_a_cell_which_take_turns_where_they_are_more(
        int? jobs,
        int? threads,
        int cells,
        int cores,
        int ranks,
        int resultJobs,
        int resultThreads
    ) =>
        Assert.Equal(
            (resultJobs, resultThreads),
            new RunOptions
            {
                Jobs = jobs,
                Threads = threads,
                Ranks = ranks,
            }.Resolve(cells, cores)
        );

    [Theory]
    [InlineData(0, "cpu", "--ranks is 0; allowed: at least 1.")]
    [InlineData(2, "cuda", "--ranks is 2 with --device cuda: the processes would all take the first GPU.")]
    public void Processes_that_cannot_be_are_refused(int ranks, string device, string message) =>
        Assert.StartsWith(
            message,
            Assert
                .Throws<UserFaultException>(() => new RunOptions { Ranks = ranks, Device = device }.Resolve(6, 2))
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(0, null, "--jobs is 0; allowed: at least 1.")]
    [InlineData(null, -1, "--threads is -1; allowed: at least 1.")]
    [InlineData(
        2,
        2,
        "--jobs 2 with --threads 2 needs 4 cores; this machine has 2. Jobs times threads may be at most that."
    )]
    [InlineData(
        3,
        null,
        "--jobs 3 with --threads 1 needs 3 cores; this machine has 2. Jobs times threads may be at most that."
    )]
    public void More_than_the_machine_has_is_refused(int? jobs, int? threads, string message) =>
        Assert.Equal(
            message,
            Assert
                .Throws<UserFaultException>(() => new RunOptions { Jobs = jobs, Threads = threads }.Resolve(6, 2))
                .Message
        );

    [Theory]
    [InlineData(16, 128, 16)]
    [InlineData(1024, 2048, 2)]
    [InlineData(12, 512, 6)]
    [InlineData(7, 1024, 1)]
    [InlineData(4, 100_000, 1)]
    public void A_micro_batch_divides_the_batch_and_fits_the_memory(int batch, int length, int rows) =>
        Assert.Equal(rows, ExecutionChoice.MicroBatch(new DataConfig { BatchSize = batch, SequenceLength = length }));
}
