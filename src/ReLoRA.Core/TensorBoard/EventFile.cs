using ReLoRA.Results.Log;

namespace ReLoRA.Core.TensorBoard;

/// <summary>
/// A run's event file for TensorBoard, one for all its sittings. What cannot be written is given up and told: training does not depend on
/// it.
/// </summary>
public sealed class EventFile : IDisposable
{
    /// <summary>TensorBoard knows such files by the middle part.</summary>
    public const string Name = "events.out.tfevents.relora";

    private readonly EventLog log = new();
    private readonly MemoryStream pending = new();
    private FileStream? file;

    private EventFile(string folder) => Path = System.IO.Path.Combine(folder, Name);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Why it is not written any more; null while it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Begins the file with what the run's log already tells. The log is cut where the run goes on, so that no point is lost or twice
    /// there.
    /// </summary>
    /// <param name="folder">The run's folder for TensorBoard; made where it is missing.</param>
    /// <param name="before">The records of the log, in their order.</param>
    public static EventFile Begin(string folder, IEnumerable<LogRecord> before)
    {
        var events = new EventFile(folder);
        events.Guard(() =>
        {
            RecordFraming.Append(events.pending, EventLog.First());
            foreach (var record in before)
                events.Collect(record);
            Directory.CreateDirectory(folder);
            // Beside it first: TensorBoard may be reading the old one, whose beginning is the same.
            var other = $"{events.Path}.new";
            events.file = new FileStream(other, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            events.WritePending();
            File.Move(other, events.Path, overwrite: true);
        });
        return events;
    }

    /// <summary>Adds what a record tells; it reaches the file with <see cref="Flush"/>.</summary>
    /// <param name="record">The record.</param>
    public void Add(LogRecord record)
    {
        if (Fault is null)
            Collect(record);
    }

    /// <summary>Writes what was added, in one write.</summary>
    public void Flush()
    {
        if (Fault is null)
            Guard(WritePending);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        file?.Dispose();
        pending.Dispose();
    }

    private void Collect(LogRecord record)
    {
        foreach (var happened in log.Of(record))
            RecordFraming.Append(pending, happened);
    }

    private void WritePending()
    {
        file!.Write(pending.GetBuffer().AsSpan(0, (int)pending.Length));
        pending.SetLength(0);
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = fault.Message;
            file?.Dispose();
            file = null;
        }
    }
}
