using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

/// <summary>What disks, crashes and people do to logs, drawn from a seed.</summary>
internal sealed class LogMutations
{
    private readonly Random random;

    public LogMutations(int seed)
    {
#pragma warning disable RS0030 // A test's sample is seeded here, in the open.
        random = new Random(seed);
#pragma warning restore RS0030
        var records = SampleRecords.EveryKind().OrderBy(record => record is EndRecord).ToList();
        // One that goes on, without an end; one of another run; one of the next version.
        Running = WrittenLog.Of(records.SkipLast(1), unproven: 3);
        Whole = WrittenLog.Of(records);
        Other = WrittenLog.Of(records.Select(Otherwise));
        Next = WrittenLog.OfNextFormat(records);
        Unproven = WrittenLog.Of(records, unproven: records.Count);
    }

    public WrittenLog Whole { get; }

    public WrittenLog Running { get; }

    public WrittenLog Other { get; }

    public WrittenLog Next { get; }

    /// <summary>Without a checksum, so that changed values are read as they stand.</summary>
    public WrittenLog Unproven { get; }

    public IReadOnlyList<WrittenLog> All => [Whole, Running, Other, Next];

    /// <summary>The next damaged log.</summary>
    public byte[] Draw()
    {
        var bytes = random.Next(8) switch
        {
            0 => Splice(Whole.Bytes, Other.Bytes),
            1 => Splice(random.Next(2) == 0 ? Next.Bytes : Whole.Bytes, Next.Bytes),
            2 => Running.Bytes,
            _ => Whole.Bytes,
        };
        for (var more = random.Next(3); more >= 0; more--)
            bytes = Mutate(bytes);
        return bytes;
    }

    /// <summary>The next log whose values nobody vouches for.</summary>
    public byte[] DrawUnproven() => Mutate(Unproven.Bytes);

    /// <summary>The beginning of one log and the rest of another: at the same place, at any, or one after the other.</summary>
    private byte[] Splice(byte[] first, byte[] second)
    {
        var place = random.Next(Math.Min(first.Length, second.Length));
        return random.Next(4) switch
        {
            0 => [.. first, .. second],
            1 => [.. first[..place], .. second[random.Next(second.Length)..]],
            2 when Whole.Blocks[random.Next(Whole.Blocks.Count)].Checksum is var block =>
            [
                .. first[..block],
                .. second[block..],
            ],
            _ => [.. first[..place], .. second[place..]],
        };
    }

    private byte[] Mutate(byte[] log)
    {
        if (log.Length == 0)
            return [0];
        var bytes = (byte[])log.Clone();
        var (from, to) = Range(bytes.Length);
        switch (random.Next(10))
        {
            case 0:
            case 1:
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes.AsSpan(from..to).Clear();
                return bytes;
            case 3:
                random.NextBytes(bytes.AsSpan(from..to));
                return bytes;
            case 4:
                return bytes[..from];
            case 5:
                return [.. bytes[..from], .. Noise(to - from), .. bytes[from..]];
            case 6:
                return [.. bytes[..from], .. bytes[to..]];
            case 7:
                return [.. bytes[..to], .. bytes[from..]];
            case 8:
                // A part stands where another was.
                var source = random.Next(bytes.Length - (to - from) + 1);
                bytes.AsSpan(source, to - from).CopyTo(bytes.AsSpan(from));
                return bytes;
            default:
                return [.. bytes, .. new byte[random.Next(1, 64)]];
        }
    }

    private (int From, int To) Range(int length)
    {
        var from = random.Next(length);
        var size = random.Next(2) == 0 ? random.Next(1, 32) : random.Next(1, 1024);
        return (from, Math.Min(length, from + size));
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        if (random.Next(2) == 0)
            random.NextBytes(noise);
        return noise;
    }

    private static LogRecord Otherwise(LogRecord record) =>
        record switch
        {
            RunRecord run => run with { Cell = "ba9876543210" },
            StepRecord step => step with { Loss = step.Loss + 1 },
            EvalRecord eval => eval with { Loss = eval.Loss + 1 },
            EndRecord end => end with { Loss = end.Loss + 1 },
            _ => record,
        };
}
