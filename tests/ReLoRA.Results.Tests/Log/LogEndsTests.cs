using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

public sealed class LogEndsTests
{
    private const int Steps = 20_000;

    [Fact]
    public void Of_two_thousand_damaged_logs_the_ends_are_those_of_the_whole_log() => Check(2_000, seed: 3);

    [Fact]
    [Trait("Category", "Slow")]
    public void Of_a_hundred_thousand_damaged_logs_the_ends_are_those_of_the_whole_log() => Check(100_000, seed: 4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_a_log_of_twenty_thousand_steps_fifty_kilobytes_are_read(bool isFinished)
    {
        var bytes = Long(isFinished);
        var read = 0;
        var ends = new LogEndsReader(
            bytes.Length,
            (from, count) => Count(bytes, from, count, ref read),
            16_384,
            32_768
        );
        Assert.Equal(Told(LogEnds.Of(RunLogReader.Read(bytes))), Told(ends.Read()!));
        Assert.Equal(isFinished, ends.Read()!.End is not null);
        Assert.InRange(read / 2, 1, 16_384 + 32_768);
        Assert.True(bytes.Length > 2_000_000);
    }

    [Fact]
    public void A_log_whose_middle_is_lost_is_finished_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var bytes = Long(isFinished: true);
        bytes.AsSpan(100_000, 1_000_000).Clear();
        File.WriteAllBytes(folder.File("log"), bytes);
        Assert.Equal(Steps, LogEnds.Read(folder.File("log")).End!.Step);
        Assert.True(RunLogReader.Read(bytes).IsFinished);
    }

    [Fact]
    public void A_log_that_is_not_there_is_told_as_ever()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<LogFormatException>(() => LogEnds.Read(folder.File("log")));
        Assert.Equal(LogFault.Missing, fault.Fault);
    }

    [Fact]
    public void A_log_of_the_next_format_is_refused_with_its_path()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("log"), new LogMutations(1).Next.Bytes);
        var fault = Assert.Throws<LogFormatException>(() => LogEnds.Read(folder.File("log")));
        Assert.Equal(LogFault.UnsupportedFormat, fault.Fault);
        Assert.Contains(folder.Path, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>With windows so narrow that they miss most of a log of a few kilobytes.</summary>
    private static void Check(int count, int seed)
    {
        var mutations = new LogMutations(seed);
        var (sure, finished, running) = (0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var bytes = i % 50 == 0 ? mutations.All[i / 50 % 3].Bytes : mutations.Draw();
            if (bytes.Length == 0 || Whole(bytes) is not { } whole)
                continue;
            var read = 0;
            var ends = new LogEndsReader(bytes.Length, (from, n) => Count(bytes, from, n, ref read), 256, 256).Read();
            if (ends is null)
                continue;
            Assert.True(Told(whole) == Told(ends), $"log {i} of seed {seed}: {Told(whole)} but {Told(ends)}");
            sure++;
            finished += ends.End is null ? 0 : 1;
            running += ends.End is null ? 1 : 0;
        }
        // Most mutations leave the two ends alone; a reader that always passed would show nothing.
        Assert.True(sure > count / 10 && finished > 0 && running > 0, $"{sure} of {count}: {finished}, {running}");
    }

    /// <summary>Null where a later run record is of another format, of which the ends know nothing.</summary>
    private static LogEnds? Whole(byte[] bytes)
    {
        try
        {
            return LogEnds.Of(RunLogReader.Read(bytes));
        }
        catch (LogFormatException fault) when (fault.Fault == LogFault.UnsupportedFormat)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Count(byte[] bytes, long from, int count, ref int read)
    {
        read += count;
        return bytes.AsMemory((int)from, count);
    }

    private static string Told(LogEnds ends) =>
        $"{ends.Run?.Cell} {ends.Run?.Config} {ends.End?.Step} {ends.End?.Loss} {ends.End?.Outcome} "
        + string.Join(' ', ends.End?.Measured.Select(pair => $"{pair.Key} {pair.Value}") ?? []);

    private static byte[] Long(bool isFinished)
    {
        using var folder = new TemporaryFolder();
        var records = SampleRecords.EveryKind();
        using (var writer = RunLogWriter.Create(folder.File("log")))
        {
            writer.Append(records.OfType<RunRecord>().First());
            var step = records.OfType<StepRecord>().First();
            for (var i = 1; i <= Steps; i++)
                writer.Append(step with { Step = i });
            if (isFinished)
                writer.Append(records.OfType<EndRecord>().First() with { Step = Steps });
        }
        return File.ReadAllBytes(folder.File("log"));
    }
}
