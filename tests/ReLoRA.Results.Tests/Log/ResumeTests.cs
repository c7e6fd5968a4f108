using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("log.msgpack");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_resumed_at_any_record_gives_the_same_bytes_as_a_straight_one()
    {
        var records = SampleRecords.WholeRun();
        var straight = LogFiles.Write(_folder.File("straight"), records);
        var positions = Positions(records);
        for (var cut = 0; cut < records.Count; cut++)
        {
            // Killed some records after the checkpoint, in the middle of one.
            var torn = Math.Min(straight.Length, (int)positions[cut] + 333);
            File.WriteAllBytes(Path, straight[..torn]);
            using (var writer = RunLogWriter.Resume(Path, positions[cut]))
            {
                Assert.Equal(positions[cut], writer.Position);
                foreach (var record in records.Skip(cut))
                    writer.Append(record);
            }
            Assert.Equal(straight, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void A_finished_sitting_can_be_continued_after_its_last_checksum()
    {
        var first = LogFiles.Write(Path, [SampleRecords.Run(), SampleRecords.Step(1)]);
        using (var writer = RunLogWriter.Resume(Path, first.Length))
            writer.Append(SampleRecords.Step(2));
        var log = RunLogReader.Read(Path);
        Assert.Empty(log.Damages);
        Assert.Equal(["run", "step", "crc", "step", "crc"], log.Entries.Select(entry => entry.Kind));
        Assert.Equal(log.Entries[^1].Offset, log.VerifiedLength);
    }

    [Fact]
    public void An_offset_inside_a_record_is_refused_and_the_log_left_as_it_was()
    {
        var bytes = LogFiles.Write(Path, SampleRecords.WholeRun());
        var fault = Assert.Throws<LogFormatException>(() => RunLogWriter.Resume(Path, 7));
        Assert.Equal(LogFault.NotABoundary, fault.Fault);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void An_offset_past_the_end_is_refused()
    {
        var bytes = LogFiles.Write(Path, SampleRecords.WholeRun());
        var fault = Assert.Throws<LogFormatException>(() => RunLogWriter.Resume(Path, bytes.Length + 1));
        Assert.Equal(LogFault.TooShort, fault.Fault);
        Assert.Contains("Resume from an older checkpoint.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_before_the_offset_is_refused()
    {
        var bytes = LogFiles.Write(Path, SampleRecords.WholeRun());
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path, bytes);
        var fault = Assert.Throws<LogFormatException>(() => RunLogWriter.Resume(Path, bytes.Length));
        Assert.Equal(LogFault.Damaged, fault.Fault);
    }

    [Fact]
    public void Damage_before_the_offset_is_refused_though_what_follows_is_proven()
    {
        var bytes = LogFiles.Write(Path, SampleRecords.WholeRun(steps: 200));
        bytes[bytes.AsSpan().IndexOf("Seed"u8)] ^= 1;
        File.WriteAllBytes(Path, bytes);
        Assert.NotEmpty(RunLogReader.Read(Path).Records<StepRecord>());
        var fault = Assert.Throws<LogFormatException>(() => RunLogWriter.Resume(Path, bytes.Length));
        Assert.Equal((LogFault.Damaged, 0), (fault.Fault, fault.Offset));
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void Damage_after_the_offset_is_cut_away_with_what_stands_there()
    {
        var records = SampleRecords.WholeRun(steps: 200);
        var straight = LogFiles.Write(_folder.File("straight"), records);
        var damaged = (byte[])straight.Clone();
        var place = Positions(records)[150];
        damaged.AsSpan((int)place + 40, 300).Clear();
        File.WriteAllBytes(Path, damaged);
        using (var writer = RunLogWriter.Resume(Path, place))
            foreach (var record in records.Skip(150))
                writer.Append(record);
        Assert.Equal(straight, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_log_that_is_not_there_is_refused()
    {
        var fault = Assert.Throws<LogFormatException>(() => RunLogWriter.Resume(Path, 0));
        Assert.Equal(LogFault.Missing, fault.Fault);
    }

    private List<long> Positions(IReadOnlyList<LogRecord> records)
    {
        using var writer = RunLogWriter.Create(_folder.File("positions"));
        var positions = new List<long>();
        foreach (var record in records)
        {
            positions.Add(writer.Position);
            writer.Append(record);
        }
        return positions;
    }
}
