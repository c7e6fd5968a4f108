using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

public sealed class MutatedLogTests
{
    [Fact]
    public void Of_two_thousand_damaged_logs_each_gives_what_was_written_or_a_named_damage() => Check(2_000, seed: 1);

    [Fact]
    [Trait("Category", "Slow")]
    public void Of_a_hundred_thousand_damaged_logs_each_gives_what_was_written_or_a_named_damage() =>
        Check(100_000, seed: 2);

    private static void Check(int count, int seed)
    {
        var mutations = new LogMutations(seed);
        var (refused, damaged, skipped, finished) = (0, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var bytes = mutations.Draw();
            try
            {
                var log = RunLogReader.Read(bytes);
                AssertSound(log, bytes, mutations, i);
                damaged += log.Damages.Count > 0 ? 1 : 0;
                skipped += log.Damages.Count > 0 && log.Entries.Any(entry => entry.Offset >= log.Damages[0].To) ? 1 : 0;
                finished += log.IsFinished ? 1 : 0;
            }
            catch (LogFormatException fault) when (fault.Fault == LogFault.UnsupportedFormat)
            {
                refused++;
            }
        }
        // Every way to end is among them, so that nothing above was checked of nothing.
        Assert.All([refused, damaged, skipped, finished], one => Assert.InRange(one, count / 50, count - 1));
    }

    private static void AssertSound(RunLog log, byte[] bytes, LogMutations mutations, int draw)
    {
        var end = 0L;
        foreach (var damage in log.Damages)
        {
            Assert.True(
                damage.From >= end && damage.To > damage.From && damage.To <= bytes.Length,
                $"{draw}: {damage}"
            );
            end = damage.To;
        }
        var proven = LastChecksumInPlace(bytes, mutations);
        foreach (var entry in log.Entries)
        {
            Assert.DoesNotContain(
                log.Damages,
                damage => entry.Offset < damage.To && entry.Offset + entry.Length > damage.From
            );
            Assert.Equal(entry.Kind, entry.Map["kind"]);
            if (entry.Offset < proven)
                Assert.True(
                    WasWritten(entry, bytes, mutations),
                    $"{draw}: nobody wrote the {entry.Kind} at {entry.Offset}"
                );
        }
        AssertIntactBlocksSurvive(log, bytes, mutations.Whole, draw);
        AssertIntactBlocksSurvive(log, bytes, mutations.Running, draw);
    }

    private static bool WasWritten(LogEntry entry, byte[] bytes, LogMutations mutations) =>
        mutations.All.Any(log =>
            log.Records.TryGetValue((int)entry.Offset, out var record)
            && bytes.AsSpan((int)entry.Offset, (int)entry.Length).SequenceEqual(record)
        );

    private static void AssertIntactBlocksSurvive(RunLog log, byte[] bytes, WrittenLog written, int draw)
    {
        var read = log.Entries.Select(entry => (int)entry.Offset).ToHashSet();
        foreach (var (from, checksum, end) in written.Blocks)
        {
            if (end > bytes.Length || !bytes.AsSpan(from..end).SequenceEqual(written.Bytes.AsSpan(from..end)))
                continue;
            foreach (var offset in written.Records.Keys.Where(offset => offset >= from && offset < checksum))
                Assert.True(read.Contains(offset), $"{draw}: the record at {offset} is whole and was not read");
        }
    }

    /// <summary>The checksums are tried one after the other from the end, by the offset that each of those written has.</summary>
    private static int LastChecksumInPlace(byte[] bytes, LogMutations mutations) =>
        mutations
            .All.SelectMany(log => log.Blocks)
            .Select(block => block.Checksum)
            .Where(offset => IsChecksum(bytes, offset))
            .DefaultIfEmpty(0)
            .Max();

    private static bool IsChecksum(byte[] bytes, int offset) =>
        offset < bytes.Length
        && bytes[offset] == 0x84
        && LogFiles.Untyped(bytes[offset..]) is { } map
        && map.TryGetValue("kind", out var kind)
        && kind is "crc"
        && map.TryGetValue("from", out var from)
        && map.TryGetValue("to", out var to)
        && map.TryGetValue("crc32", out var sum)
        && (from, to, sum) is (long, long place, long)
        && place == offset;
}
