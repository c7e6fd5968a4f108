using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("log.msgpack");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_run_is_read_as_it_was_written()
    {
        var records = SampleRecords.WholeRun();
        LogFiles.Write(Path, records);
        var log = RunLogReader.Read(Path);
        Assert.Empty(log.Damages);
        Assert.True(log.IsFinished);
        Assert.Equal("0123456789ab", log.Run?.Cell);
        var read = log.Records<LogRecord>().Where(record => record is not CrcRecord);
        Assert.Equal(records.Select(LogFiles.Encode), read.Select(LogFiles.Encode));
    }

    [Fact]
    public void A_checksum_stands_after_every_64_records_and_at_the_end()
    {
        LogFiles.Write(Path, SampleRecords.WholeRun(steps: 130));
        var log = RunLogReader.Read(Path);
        var places = log.Entries.Select((entry, index) => (entry, index)).Where(pair => pair.entry.Kind == "crc");
        Assert.Equal([64, 129, log.Entries.Count - 1], places.Select(pair => pair.index));
        Assert.Equal(log.Entries[^1].Offset, log.VerifiedLength);
        Assert.IsType<EndRecord>(log.Entries[^2].Record);
    }

    [Fact]
    public void An_end_is_covered_before_the_writer_closes()
    {
        using var writer = RunLogWriter.Create(Path);
        writer.Append(SampleRecords.WholeRun()[^1]);
        writer.Flush(toDisk: true);
        var log = RunLogReader.Read(Path);
        Assert.True(log.IsFinished);
        Assert.Equal(log.Entries[0].Length, log.VerifiedLength);
    }

    [Fact]
    public void A_run_that_was_stopped_is_not_finished()
    {
        LogFiles.Write(Path, SampleRecords.WholeRun().SkipLast(1));
        Assert.False(RunLogReader.Read(Path).IsFinished);
    }

    [Fact]
    public void Position_is_where_the_next_record_begins()
    {
        var positions = new List<long>();
        using (var writer = RunLogWriter.Create(Path))
        {
            foreach (var record in SampleRecords.WholeRun())
            {
                positions.Add(writer.Position);
                writer.Append(record);
                if (positions.Count % 3 == 0)
                    writer.Flush();
            }
        }
        var entries = RunLogReader.Read(Path).Entries.Where(entry => entry.Kind != "crc");
        Assert.Equal(positions, entries.Select(entry => entry.Offset));
    }

    [Fact]
    public void What_is_flushed_is_read_while_the_writer_goes_on()
    {
        using var writer = RunLogWriter.Create(Path);
        writer.Append(SampleRecords.Run());
        writer.Append(SampleRecords.Step(1));
        Assert.Empty(RunLogReader.Read(Path).Entries);
        writer.Flush();
        Assert.Equal(2, RunLogReader.Read(Path).Entries.Count);
        writer.Append(SampleRecords.Step(2));
        writer.Flush();
        var log = RunLogReader.Read(Path);
        Assert.Equal([1L, 2L], log.Records<StepRecord>().Select(step => step.Step));
        Assert.Empty(log.Damages);
    }

    [Fact]
    public async Task Readers_and_a_writer_at_the_same_time_see_whole_records_only()
    {
        const int Steps = 2000;
        using var writer = RunLogWriter.Create(Path);
        writer.Append(SampleRecords.Run());
        writer.Flush();
        var writing = Task.Run(() =>
        {
            for (var step = 1; step <= Steps; step++)
            {
                writer.Append(SampleRecords.Step(step));
                writer.Flush();
            }
        });
        var reads = 0;
        do
        {
            var steps = RunLogReader.Read(Path).Records<StepRecord>().Select(step => step.Step).ToList();
            Assert.Equal(Enumerable.Range(1, steps.Count).Select(step => (long)step), steps);
            reads++;
        } while (!writing.IsCompleted);
        await writing;
        Assert.InRange(reads, 1, int.MaxValue);
        Assert.Equal(Steps, RunLogReader.Read(Path).Records<StepRecord>().Count());
    }

    [Fact]
    public void A_second_writer_is_refused_while_the_first_is_open()
    {
        using var writer = RunLogWriter.Create(Path);
        Assert.ThrowsAny<IOException>(() => RunLogWriter.Create(Path));
    }

    [Fact]
    public void The_writer_takes_no_checksums_and_no_foreign_measured_values()
    {
        using var writer = RunLogWriter.Create(Path);
        var checksum = new CrcRecord
        {
            From = 0,
            To = 0,
            Crc32 = 0,
        };
        Assert.Throws<ArgumentException>(() => writer.Append(checksum));
        var foreign = new NoteRecord
        {
            Text = "x",
            Measured = new Dictionary<string, object> { ["at"] = TimeSpan.Zero },
        };
        var fault = Assert.Throws<ArgumentException>(() => writer.Append(foreign));
        Assert.Equal("measured.at is a TimeSpan; allowed: string, bool, int, long, double.", fault.Message);
        writer.Append(SampleRecords.Step(1));
        writer.Dispose();
        Assert.Equal(["step", "crc"], RunLogReader.Read(Path).Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public void An_empty_log_has_no_records_and_no_damage_and_is_not_finished()
    {
        File.WriteAllBytes(Path, []);
        var log = RunLogReader.Read(Path);
        Assert.Empty(log.Entries);
        Assert.Empty(log.Damages);
        Assert.Null(log.Run);
        Assert.False(log.IsFinished);
    }

    [Fact]
    public void A_log_in_which_another_version_went_on_is_refused_with_its_place_and_what_to_do()
    {
        var bytes = LogFiles.Write(Path, SampleRecords.WholeRun());
        File.WriteAllBytes(Path, [.. bytes, .. LogFiles.Map(("kind", "run"), ("format", 2))]);
        var fault = Assert.Throws<LogFormatException>(() => RunLogReader.Read(Path));
        Assert.Equal((LogFault.UnsupportedFormat, bytes.Length), (fault.Fault, fault.Offset));
        Assert.Equal(
            $"{Path}, byte {bytes.Length}: the log's format is 2; this version reads format 1. Read it with the version that wrote it.",
            fault.Message
        );
    }

    [Fact]
    public void A_missing_log_is_said_to_be_missing()
    {
        var fault = Assert.Throws<LogFormatException>(() => RunLogReader.Read(_folder.File("no", "log.msgpack")));
        Assert.Equal(LogFault.Missing, fault.Fault);
    }
}
