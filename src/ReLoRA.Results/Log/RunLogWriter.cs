using System.IO.Hashing;
using ReLoRA.Results.Runs;

namespace ReLoRA.Results.Log;

/// <summary>
/// Appends records to a run log. Records reach the operating system at <see cref="Flush"/>, whole ones only, so that a killed
/// writer leaves at most one torn record. Not for several threads at once.
/// </summary>
public sealed class RunLogWriter : IDisposable
{
    /// <summary>Records that one checksum covers at most.</summary>
    public const int RecordsPerChecksum = 64;

    private const int LargestBuffer = 1 << 20;

    private readonly FileStream _file;
    private readonly Action? _guard;
    private readonly MapFields _pending = new();
    private readonly Crc32 _crc = new();
    private long _coveredTo;
    private int _uncovered;
    private bool _failed;
    private bool _disposed;

    private RunLogWriter(string path, FileMode mode, Action? guard)
    {
        _guard = guard;
        _file = new FileStream(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>The offset after everything appended so far, in bytes: what a checkpoint records to resume from.</summary>
    public long Position => _file.Position + _pending.Written.Length;

    /// <summary>Starts a log.</summary>
    /// <param name="path">The log's file, which must not exist.</param>
    /// <param name="guard">Called before each write, which it prevents by an exception. Default: null, none does.</param>
    /// <exception cref="IOException">The file exists or cannot be made.</exception>
    public static RunLogWriter Create(string path, Action? guard = null) => new(path, FileMode.CreateNew, guard);

    /// <summary>
    /// Continues a log: cuts it at an offset and appends from there. With a guard it is a copy that is continued, in the place of the file before:
    /// what a process that was cut off still writes goes to that one, which nobody reads any more.
    /// </summary>
    /// <param name="path">The log's file.</param>
    /// <param name="offset">A <see cref="Position"/> of the writer before, in bytes.</param>
    /// <param name="guard">Called before each write, which it prevents by an exception. Default: null, none does.</param>
    /// <exception cref="LogFormatException">The log is missing, shorter, damaged before the offset, or no record begins there.</exception>
    public static RunLogWriter Resume(string path, long offset, Action? guard = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var bytes = RunLogReader.ReadBytes(path, offset);
        if (bytes.Length < offset)
            throw new LogFormatException(
                LogFault.TooShort,
                bytes.Length,
                $"{path} has {bytes.Length} bytes and is to be continued at {offset}. Resume from an older checkpoint."
            );
        var scan = LogScan.Run(bytes);
        if (scan.Damages is [var damage, ..])
            throw new LogFormatException(
                damage.Kind == LogDamageKind.TornTail ? LogFault.NotABoundary : LogFault.Damaged,
                damage.From,
                $"{path} cannot be continued at {offset}; byte {damage.From}: {damage.Message}. Resume from an older checkpoint."
            );
        if (guard is not null)
        {
            guard();
            // The disk may take its time with a long log, in which a successor may have put its own in this place.
            AtomicFile.Write(path, bytes, guard);
        }
        return new RunLogWriter(path, bytes, scan, guard);
    }

    private RunLogWriter(string path, byte[] kept, LogScan scan, Action? guard)
        : this(path, FileMode.Open, guard)
    {
        _file.SetLength(kept.Length);
        _file.Position = kept.Length;
        _coveredTo = scan.VerifiedLength;
        _uncovered = scan.Uncovered;
        _crc.Append(kept.AsSpan((int)_coveredTo));
    }

    /// <summary>Appends a record, and a checksum where one is due: after every 64 records and after an <see cref="EndRecord"/>.</summary>
    /// <param name="record">Any record but a <see cref="CrcRecord"/>.</param>
    /// <exception cref="ArgumentException">The record is a checksum, or holds a measured value of a type that a log does not hold.</exception>
    /// <exception cref="InvalidOperationException">An earlier write failed: the file's end is not known any more.</exception>
    public void Append(LogRecord record)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ThrowIfFailed();
        if (record is CrcRecord)
            throw new ArgumentException("Checksums are written by the writer itself.", nameof(record));
        Write(record);
        _uncovered++;
        if (_uncovered >= RecordsPerChecksum || record is EndRecord)
            WriteChecksum();
        if (_pending.Written.Length > LargestBuffer)
            Flush();
    }

    /// <summary>Hands everything appended to the operating system, in one write.</summary>
    /// <param name="toDisk">Whether to wait until the disk has it, as before a checkpoint is published.</param>
    public void Flush(bool toDisk = false)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ThrowIfFailed();
        // Until the write has come back whole, how much of it stands in the file is not known.
        _failed = true;
        _guard?.Invoke();
        _file.Write(_pending.Written);
        _pending.Clear();
        if (toDisk)
            _file.Flush(flushToDisk: true);
        _failed = false;
    }

    /// <summary>Writes the last checksum and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        try
        {
            if (!_failed)
            {
                if (_uncovered > 0)
                    WriteChecksum();
                Flush();
            }
        }
        finally
        {
            _disposed = true;
            _file.Dispose();
        }
    }

    private void Write(LogRecord record)
    {
        var start = _pending.Written.Length;
        _pending.Append(record);
        _crc.Append(_pending.Written[start..]);
    }

    private void WriteChecksum()
    {
        var position = Position;
        var checksum = new CrcRecord
        {
            From = _coveredTo,
            To = position,
            Crc32 = _crc.GetCurrentHashAsUInt32(),
        };
        _crc.Reset();
        _coveredTo = position;
        _uncovered = 0;
        Write(checksum);
    }

    private void ThrowIfFailed()
    {
        if (_failed)
            throw new InvalidOperationException($"An earlier write to {_file.Name} failed; nothing more is appended.");
    }
}
