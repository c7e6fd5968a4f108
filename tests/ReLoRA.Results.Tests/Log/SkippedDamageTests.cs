using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

/// <summary>What is read of a log that is damaged somewhere in its middle: docs/log-format.md, "Damage".</summary>
public sealed class SkippedDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes;
    private readonly IReadOnlyList<LogEntry> _whole;
    private readonly List<LogEntry> _checksums;

    public SkippedDamageTests()
    {
        _bytes = LogFiles.Write(_folder.File("log.msgpack"), SampleRecords.WholeRun(steps: 300));
        _whole = RunLogReader.Read(_bytes).Entries;
        _checksums = [.. _whole.Where(entry => entry.Kind == "crc")];
        Assert.Equal(5, _checksums.Count);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flipped_bit_costs_its_block_and_nothing_else()
    {
        var bytes = Flipped(_whole[100].Offset + 20);
        var log = RunLogReader.Read(bytes);
        AssertLeftOut(log, (LogDamageKind.ChecksumMismatch, 0, 1));
        Assert.StartsWith(
            $"the checksum at byte {_checksums[1].Offset} says",
            log.Damages[0].Message,
            StringComparison.Ordinal
        );
        Assert.True(log.IsFinished);
    }

    [Fact]
    public void A_region_of_zeros_over_several_blocks_is_one_damage()
    {
        var bytes = Zeroed(_whole[100].Offset, _whole[150].Offset);
        AssertLeftOut(RunLogReader.Read(bytes), (LogDamageKind.ChecksumMismatch, 0, 2));
    }

    [Fact]
    public void Two_regions_are_two_damages_and_what_lies_between_is_read()
    {
        var bytes = Flipped(_whole[10].Offset + 20);
        bytes[_whole[140].Offset + 20] ^= 1;
        var log = RunLogReader.Read(bytes);
        AssertLeftOut(log, (LogDamageKind.ChecksumMismatch, -1, 0), (LogDamageKind.ChecksumMismatch, 1, 2));
        Assert.Null(log.Run);
        Assert.True(log.IsFinished);
        Assert.Equal(0, log.VerifiedLength);
    }

    [Fact]
    public void A_damaged_checksum_costs_the_block_that_it_proved_and_the_one_that_it_stands_in()
    {
        // Its sum, its kind, its own offset.
        foreach (var place in new[] { _checksums[1].Length - 1, 8, _checksums[1].Length - 13 })
        {
            var bytes = Flipped(_checksums[1].Offset + place);
            AssertLeftOut(RunLogReader.Read(bytes), (LogDamageKind.ChecksumMismatch, 0, 2));
        }
    }

    [Fact]
    public void Damage_in_the_last_block_takes_the_end_with_it()
    {
        var bytes = Flipped(_whole[^4].Offset + 12);
        var log = RunLogReader.Read(bytes);
        Assert.Equal(
            [(LogDamageKind.ChecksumMismatch, _checksums[3].Offset, _checksums[4].Offset)],
            log.Damages.Select(damage => (damage.Kind, damage.From, damage.To))
        );
        Assert.False(log.IsFinished);
    }

    [Fact]
    public void Records_after_the_last_checksum_are_read_though_the_block_before_is_damaged()
    {
        // The run goes on: three records follow a checksum that does not hold.
        var after = _whole.SkipWhile(entry => entry.Offset <= _checksums[2].Offset).ElementAt(3).Offset;
        var running = _bytes[..(int)after];
        running[_whole[140].Offset + 20] ^= 1;
        var log = RunLogReader.Read(running);
        Assert.Equal((_checksums[1].Offset, _checksums[2].Offset), Place(log.Damages[0]));
        Assert.Equal(3, log.Entries.Count(entry => entry.Offset > _checksums[2].Offset));
    }

    [Fact]
    public void Bytes_put_in_or_taken_out_end_the_reading_at_the_checksum_before()
    {
        var place = (int)_whole[100].Offset;
        byte[] more = [.. _bytes[..place], .. _bytes[(int)_whole[90].Offset..place], .. _bytes[place..]];
        byte[] less = [.. _bytes[..(int)_whole[90].Offset], .. _bytes[place..]];
        foreach (var (bytes, what) in new[] { (more, "put in"), (less, "taken out") })
        {
            var log = RunLogReader.Read(bytes);
            var damage = Assert.Single(log.Damages);
            Assert.Equal(LogDamageKind.Shifted, damage.Kind);
            Assert.Equal((_checksums[0].Offset, bytes.Length), Place(damage));
            Assert.StartsWith(
                $"{place - (int)_whole[90].Offset} bytes were {what} after byte {_checksums[0].Offset}",
                damage.Message,
                StringComparison.Ordinal
            );
            Assert.Equal(64, log.Entries.Count);
            Assert.False(log.IsFinished);
        }
    }

    [Fact]
    public void Two_logs_one_after_the_other_are_read_up_to_the_first_ones_last_checksum()
    {
        var log = RunLogReader.Read((byte[])[.. _bytes, .. _bytes]);
        Assert.Equal((_checksums[^1].Offset, 2 * _bytes.Length), Place(Assert.Single(log.Damages)));
        Assert.Equal(_whole.Count - 1, log.Entries.Count);
    }

    [Fact]
    public void A_record_that_was_written_wrong_costs_itself_only()
    {
        // The bytes are as they were written, so that the writer was at fault.
        var wrong = LogFiles.Map(("kind", "step"), ("step", 1));
        byte[] records = [.. wrong, .. LogFiles.Encode(SampleRecords.Step(2)), 7];
        byte[] bytes = [.. records, .. LogFiles.Checksum(0, records)];
        var log = RunLogReader.Read(bytes);
        Assert.Equal(
            [
                new LogDamage(LogDamageKind.Malformed, 0, wrong.Length, "the record has no key 'tokens'"),
                new LogDamage(
                    LogDamageKind.NotAMap,
                    records.Length - 1,
                    records.Length,
                    "a record must be a map, found Integer"
                ),
            ],
            log.Damages
        );
        Assert.Equal(["step", "crc"], log.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public void A_checksum_of_another_writer_with_its_keys_in_another_order_is_checked_all_the_same()
    {
        var step = LogFiles.Encode(SampleRecords.Step(1));
        var sum = (long)System.IO.Hashing.Crc32.HashToUInt32(step);
        var good = LogFiles.Map(("kind", "crc"), ("crc32", sum), ("from", 0), ("to", step.Length));
        var bad = LogFiles.Map(("kind", "crc"), ("crc32", sum ^ 1), ("from", 0), ("to", step.Length));
        var log = RunLogReader.Read((byte[])[.. step, .. good, .. step]);
        Assert.Empty(log.Damages);
        Assert.Equal(step.Length, log.VerifiedLength);
        var damage = Assert.Single(RunLogReader.Read((byte[])[.. step, .. bad, .. step]).Damages);
        Assert.Equal(LogDamageKind.ChecksumMismatch, damage.Kind);
        Assert.Equal(0, damage.From);
    }

    /// <summary>Blocks from one checksum (-1: the log's start) to another are left out, and all others are as they were.</summary>
    private void AssertLeftOut(RunLog log, params (LogDamageKind Kind, int From, int To)[] blocks)
    {
        Assert.Equal(
            blocks.Select(block => (block.Kind, OffsetOf(block.From), OffsetOf(block.To))),
            log.Damages.Select(damage => (damage.Kind, damage.From, damage.To))
        );
        Assert.Equal(
            _whole
                .Select(entry => entry.Offset)
                .Where(offset => !blocks.Any(block => offset >= OffsetOf(block.From) && offset < OffsetOf(block.To))),
            log.Entries.Select(entry => entry.Offset)
        );
    }

    private long OffsetOf(int checksum) => checksum < 0 ? 0 : _checksums[checksum].Offset;

    private static (long, long) Place(LogDamage damage) => (damage.From, damage.To);

    private byte[] Flipped(long place)
    {
        var bytes = (byte[])_bytes.Clone();
        bytes[place] ^= 1;
        return bytes;
    }

    private byte[] Zeroed(long from, long to)
    {
        var bytes = (byte[])_bytes.Clone();
        bytes.AsSpan((int)from..(int)to).Clear();
        return bytes;
    }
}
