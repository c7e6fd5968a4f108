namespace ReLoRA.Results.Log;

/// <summary>What a run log holds, without its damaged parts.</summary>
public sealed class RunLog
{
    internal RunLog(LogScan scan)
    {
        Entries = scan.Entries;
        Damages = scan.Damages;
        VerifiedLength = scan.VerifiedLength;
    }

    /// <summary>Every record in the order of writing, crc records and unknown kinds included.</summary>
    public IReadOnlyList<LogEntry> Entries { get; }

    /// <summary>The parts that were left out, in the order of the file; none where all of it was read.</summary>
    public IReadOnlyList<LogDamage> Damages { get; }

    /// <summary>Bytes from the start, without a gap, that checksums vouch for.</summary>
    public long VerifiedLength { get; }

    /// <summary>The first <c>run</c> record, or null where the log does not have one, yet or any more.</summary>
    public RunRecord? Run => Records<RunRecord>().FirstOrDefault();

    /// <summary>Whether the last record apart from checksums is an <c>end</c>.</summary>
    public bool IsFinished => Entries.LastOrDefault(entry => entry.Kind != CrcRecord.KindName)?.Record is EndRecord;

    /// <summary>The records of one kind, in the order of writing.</summary>
    /// <typeparam name="T">The kind, for example <see cref="StepRecord"/>.</typeparam>
    public IEnumerable<T> Records<T>()
        where T : LogRecord => Entries.Select(entry => entry.Record).OfType<T>();
}
