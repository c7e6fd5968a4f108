using System.Buffers.Binary;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>What surrounds the messages of an Arrow file: magic and footer of the IPC file format, or nothing in a stream.</summary>
/// <param name="Start">Where the first message begins.</param>
/// <param name="End">Where the messages have ended.</param>
/// <param name="FooterLength">Bytes of the footer, which begins at the end; 0 in a stream, which ends with its end mark.</param>
internal readonly record struct ArrowFrame(long Start, long End, int FooterLength)
{
    private const int MagicSize = 8;
    private const int PrefixSize = 8;
    private const int TailSize = 10;

    public bool IsStream => FooterLength == 0;

    /// <exception cref="DataException">It is neither an Arrow IPC file nor a stream, or cut short.</exception>
    public static ArrowFrame Of(ShardBytes bytes, ArrowFaults faults)
    {
        if (bytes.Length < PrefixSize)
            throw faults.Truncated($"{bytes.Length} bytes");
        var head = bytes.Read(0, MagicSize);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head) == ArrowMessages.Continuation)
            return new ArrowFrame(0, bytes.Length, FooterLength: 0);
        if (!head.AsSpan().SequenceEqual("ARROW1\0\0"u8))
            throw faults.Damaged("neither an Arrow IPC file (ARROW1) nor an Arrow stream begins here");
        if (bytes.Length < MagicSize + PrefixSize + TailSize)
            throw faults.Truncated($"{bytes.Length} bytes");
        var tail = bytes.Read(bytes.Length - TailSize, TailSize);
        if (!tail.AsSpan(sizeof(int)).SequenceEqual("ARROW1"u8))
            throw faults.Truncated("no ARROW1 at its end");
        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (footer <= 0 || footer > bytes.Length - TailSize - MagicSize)
            throw faults.Damaged($"a footer of {footer} bytes");
        return new ArrowFrame(MagicSize, bytes.Length - TailSize - footer, footer);
    }
}
