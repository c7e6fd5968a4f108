using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Log;

public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes;

    public DamageTests() => _bytes = LogFiles.Write(_folder.File("log.msgpack"), SampleRecords.WholeRun());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_torn_tail_costs_at_most_the_last_record()
    {
        var whole = RunLogReader.Read(_bytes).Entries;
        for (var length = 0; length < _bytes.Length; length++)
        {
            var cut = RunLogReader.Read(_bytes.AsMemory(0, length));
            var expected = whole.Where(entry => entry.Offset + entry.Length <= length).ToList();
            Assert.Equal(expected.Select(entry => entry.Offset), cut.Entries.Select(entry => entry.Offset));
            var boundary = expected.Count == 0 ? 0 : expected[^1].Offset + expected[^1].Length;
            Assert.Equal(
                boundary == length ? [] : [(LogDamageKind.TornTail, boundary, length)],
                cut.Damages.Select(damage => (damage.Kind, damage.From, damage.To))
            );
        }
    }

    [Fact]
    public void Every_flipped_bit_inside_covered_bytes_is_detected()
    {
        var covered = (int)RunLogReader.Read(_bytes).VerifiedLength;
        const int Flips = 4000;
        // A stride that is prime to the number of bits walks over all of the log without an order.
        var bits = covered * 8L;
        const long Stride = 1_000_003;
        Assert.NotEqual(0, bits % Stride);
        var detected = 0;
        for (var flip = 0L; flip < Flips; flip++)
        {
            var bit = flip * Stride % bits;
            var bytes = (byte[])_bytes.Clone();
            bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            if (IsDetected(bytes, bit / 8))
                detected++;
        }
        Assert.Equal(Flips, detected);
    }

    [Fact]
    public void Random_bytes_never_give_an_untyped_fault()
    {
        const int Seed = 20_260_101;
#pragma warning disable RS0030 // A test's sample is seeded here, in the open.
        var random = new Random(Seed);
#pragma warning restore RS0030
        for (var trial = 0; trial < 20_000; trial++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            // Most random bytes are no map at all: make half of the trials begin like a record.
            if (trial % 2 == 0)
                bytes[0] = (byte)(0x80 | (bytes[0] & 0x0f));
            var log = RunLogReader.Read(bytes);
            Assert.NotEmpty(log.Damages);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public void A_tail_of_zeros_is_damage(int zeros)
    {
        var log = RunLogReader.Read((byte[])[.. _bytes, .. new byte[zeros]]);
        var (from, to) = (_bytes.Length, _bytes.Length + zeros);
        Assert.Equal(
            [new LogDamage(LogDamageKind.NotAMap, from, to, "a record must be a map, found Integer")],
            log.Damages
        );
        Assert.True(log.IsFinished);
    }

    private bool IsDetected(byte[] bytes, long place)
    {
        try
        {
            var log = RunLogReader.Read(bytes);
            // What a checksum vouches for is what was written, also when the flip comes later.
            Assert.InRange(log.VerifiedLength, 0, place);
            Assert.Equal(_bytes[..(int)log.VerifiedLength], bytes[..(int)log.VerifiedLength]);
            return log.Damages.Count > 0;
        }
        catch (LogFormatException fault) when (fault.Fault == LogFault.UnsupportedFormat)
        {
            return true;
        }
    }
}
