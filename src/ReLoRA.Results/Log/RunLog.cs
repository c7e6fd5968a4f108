namespace ReLoRA.Results.Log;

/// <summary>What a run log holds, up to its end or to the first damage.</summary>
public sealed class RunLog
{
    internal RunLog(LogScan scan)
    {
        Entries = scan.Entries;
        Damage = scan.Damage;
        VerifiedLength = scan.VerifiedLength;
    }

    /// <summary>Every record in the order of writing, crc records and unknown kinds included.</summary>
    public IReadOnlyList<LogEntry> Entries { get; }

    /// <summary>Where reading stopped before the end; null where all of it was read.</summary>
    public LogDamage? Damage { get; }

    /// <summary>Bytes from the start that a checksum vouches for.</summary>
    public long VerifiedLength { get; }

    /// <summary>The first <c>run</c> record, or null where the log does not have one yet.</summary>
    public RunRecord? Run => Records<RunRecord>().FirstOrDefault();

    /// <summary>Whether the last record apart from checksums is an <c>end</c>.</summary>
    public bool IsFinished => Entries.LastOrDefault(entry => entry.Kind != CrcRecord.KindName)?.Record is EndRecord;

    /// <summary>The records of one kind, in the order of writing.</summary>
    /// <typeparam name="T">The kind, for example <see cref="StepRecord"/>.</typeparam>
    public IEnumerable<T> Records<T>()
        where T : LogRecord => Entries.Select(entry => entry.Record).OfType<T>();
}
