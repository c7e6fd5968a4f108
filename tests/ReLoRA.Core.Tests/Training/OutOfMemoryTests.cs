using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class OutOfMemoryTests : IDisposable
{
    private const long TooMuch = 1_000_000_000_000_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_libtorch_says_of_a_failed_allocation_is_recognized() =>
        Assert.Equal("931,322.6 GiB", OutOfMemory.Asked(Assert.ThrowsAny<Exception>(Allocate)));

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 79 GiB", "2.50 GiB")]
    [InlineData("CUDA error: device-side assert triggered", null)]
    public void So_is_a_GPUs_and_nothing_else(string text, string? asked) =>
        Assert.Equal(asked, OutOfMemory.Asked(new InvalidOperationException(text)));

    [Fact]
    public void A_cell_without_a_checkpoint_is_told_that_new_settings_take_effect()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config);
        var message = Fail(cell);
        Assert.StartsWith(
            $"{cell.Path}: memory ran out on the device 'cpu': 931,322.6 GiB more could not be had. Its training takes an estimated",
            message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "To lower that, in this order: --micro-batch (was 4), --recompute (was not given), Data.SequenceLength (is 12). "
                + "The cell has no checkpoint yet, so they take effect when the sweep is run again.",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_cell_with_one_is_told_where_it_goes_on_and_how_to_begin_anew()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config, microBatch: 1, recompute: true);
        SittingRuns.WorkUntil(cell, 15);
        Assert.EndsWith(
            "To lower that, in this order: Data.SequenceLength (is 12). With more memory free, run the sweep again and the cell goes on "
                + "from its checkpoint of step 15. Micro-batch and recomputation are fixed from then on: to train with others, delete "
                + $"{cell.Path}, which begins the cell anew.",
            Fail(cell),
            StringComparison.Ordinal
        );
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
    }

    private static string Fail(CellFolder cell) =>
        Assert
            .Throws<UserFaultException>(() =>
                CellWorker.Work(
                    cell,
                    new StopSignal(),
                    TimeProvider.System,
                    _ =>
                    {
                        Allocate();
                        throw new InvalidOperationException("So much memory there cannot be.");
                    }
                )
            )
            .Message;

    private static void Allocate() => empty(TooMuch, dtype: uint8).Dispose();
}
