using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;

namespace ReLoRA.Core.Tests.Training;

public sealed class MicroBatchChoiceTests
{
    private static readonly RunConfig Config = Presets.PicoSmall with
    {
        Data = new DataConfig { BatchSize = 12, SequenceLength = 2048 },
    };

    [Theory]
    [InlineData("auto", null)]
    [InlineData("4", 4)]
    public void What_is_written_is_read(string text, int? rows) =>
        Assert.Equal(rows, MicroBatchChoice.Parse(text).Rows);

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("2.5")]
    [InlineData("Auto ")]
    [InlineData("")]
    public void What_is_neither_is_one_message(string text) =>
        Assert.Equal(
            $"--micro-batch is '{text}'; allowed: auto, or a number of sequences that divides the batch. Correct it.",
            Assert.Throws<UserFaultException>(() => MicroBatchChoice.Parse(text)).Message
        );

    [Fact]
    public void A_number_that_does_not_divide_the_batch_is_one_message() =>
        Assert.Equal(
            "--micro-batch is 5; allowed: a divisor of the batch of 12 sequences (Data.BatchSize, or --batch of a benchmark): "
                + "1, 2, 3, 4, 6, 12. Choose one of them, or auto.",
            Assert.Throws<UserFaultException>(() => MicroBatchChoice.Of(5).Resolve(Config, false, NoMemory)).Message
        );

    [Fact]
    public void A_number_is_taken_whatever_the_memory() =>
        Assert.Equal(6, MicroBatchChoice.Of(6).Resolve(Config, false, NoMemory));

    [Fact]
    public void Auto_is_the_largest_divisor_that_fits()
    {
        foreach (var recompute in (bool[])[false, true])
        {
            var least = MemoryEstimate.Of(Config, 1, recompute).Total;
            for (var memory = least; memory < 20 * least; memory += least / 7)
            {
                var rows = MicroBatchChoice.Auto.Resolve(Config, recompute, () => memory);
                Assert.Equal(0, 12 % rows);
                Assert.True(MemoryEstimate.Of(Config, rows, recompute).Total <= memory);
                foreach (var larger in Enumerable.Range(rows + 1, 12 - rows).Where(larger => 12 % larger == 0))
                    Assert.True(MemoryEstimate.Of(Config, larger, recompute).Total > memory);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_not_one_sequence_fits_the_message_names_what_to_lower(bool recompute)
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            MicroBatchChoice.Auto.Resolve(Config, recompute, () => 1L << 30)
        );
        Assert.StartsWith("--micro-batch auto: none fits into 1.0 GiB", fault.Message, StringComparison.Ordinal);
        Assert.Contains("one sequence of 2048 tokens takes an estimated", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ower Data.SequenceLength or the model's size", fault.Message, StringComparison.Ordinal);
        Assert.Equal(!recompute, fault.Message.Contains("Give --recompute", StringComparison.Ordinal));
    }

    private static long NoMemory() => throw new InvalidOperationException("Nobody needs to know.");
}
