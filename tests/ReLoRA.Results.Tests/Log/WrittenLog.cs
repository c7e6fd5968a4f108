using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

/// <summary>A small log with a checksum after every few records, and what was written where.</summary>
internal sealed class WrittenLog
{
    private const int RecordsPerBlock = 4;

    private WrittenLog(IEnumerable<byte[]> records, int unproven)
    {
        var bytes = new List<byte>();
        var block = 0;
        var count = 0;
        var all = records.ToList();
        foreach (var record in all)
        {
            Add(bytes, record);
            if (++count % RecordsPerBlock != 0 && count != all.Count - unproven)
                continue;
            if (count > all.Count - unproven)
                continue;
            var end = bytes.Count;
            var checksum = LogFiles.Checksum(block, [.. bytes[block..end]]);
            Add(bytes, checksum);
            Blocks.Add((block, end, end + checksum.Length));
            block = end;
        }
        Bytes = [.. bytes];
    }

    public byte[] Bytes { get; }

    /// <summary>Offset and bytes of every record.</summary>
    public Dictionary<int, byte[]> Records { get; } = [];

    /// <summary>Where each block begins, where its checksum stands, and where that ends.</summary>
    public List<(int From, int Checksum, int End)> Blocks { get; } = [];

    public static WrittenLog Of(IEnumerable<LogRecord> records, int unproven = 0) =>
        new(records.Select(LogFiles.Encode), unproven);

    /// <summary>As <see cref="Of"/>, but of the next version of the format.</summary>
    public static WrittenLog OfNextFormat(IEnumerable<LogRecord> records) =>
        new(
            records.Select(record =>
            {
                var bytes = LogFiles.Encode(record);
                if (record is RunRecord)
                    bytes[bytes.AsSpan().IndexOf("format"u8) + "format".Length] = RunRecord.CurrentFormat + 1;
                return bytes;
            }),
            0
        );

    private void Add(List<byte> bytes, byte[] record)
    {
        Records.Add(bytes.Count, record);
        bytes.AddRange(record);
    }
}
