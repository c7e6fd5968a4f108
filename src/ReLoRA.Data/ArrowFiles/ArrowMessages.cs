using System.Buffers.Binary;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>
/// Walks the messages of an Arrow file or stream. Own code, because Apache.Arrow copies when it reads at random, counts positions in 32
/// bits when it reads from memory, and takes a stream that was cut between two messages for a whole one. Numbers are those of Message.fbs.
/// </summary>
internal static class ArrowMessages
{
    public const uint Continuation = 0xFFFFFFFF;

    private const int PrefixSize = 8;
    private const int LargestMetadata = 1 << 24;
    private const int BodyLengthOfMessage = 3;

    /// <summary>Told each message, its place, where its body begins and how long that is.</summary>
    public delegate void Receiver(FlatTable message, long at, long body, long bodyLength);

    /// <exception cref="DataException">A message is damaged, or the end mark is missing.</exception>
    public static void Walk(ShardBytes bytes, ArrowFrame frame, ArrowFaults faults, Receiver receive)
    {
        var at = frame.Start;
        while (true)
        {
            if (at + PrefixSize > frame.End)
                throw faults.Truncated($"no end-of-stream mark at byte {at}");
            var prefix = bytes.Read(at, PrefixSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(prefix) != Continuation)
                throw faults.Damaged($"no message begins at byte {at}");
            var size = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(sizeof(uint)));
            if (size == 0)
                break;
            if (size < 0 || size > LargestMetadata)
                throw faults.Damaged($"the message at byte {at} has {size} bytes of metadata");
            var body = at + PrefixSize + size;
            if (body > frame.End)
                throw faults.Truncated(
                    $"the message at byte {at} has {size} bytes of metadata, and the file ends before"
                );
            var bodyLength = Deliver(bytes.Read(at + PrefixSize, size), at, body, frame.End, faults, receive);
            at = body + bodyLength;
        }
        if (frame.IsStream && at + PrefixSize != frame.End)
            throw faults.Damaged($"{frame.End - at - PrefixSize} bytes follow the end-of-stream mark at byte {at}");
    }

    private static long Deliver(byte[] metadata, long at, long body, long end, ArrowFaults faults, Receiver receive)
    {
        try
        {
            var message = FlatTable.Root(metadata);
            var length = message.Int64(BodyLengthOfMessage);
            if (length < 0)
                throw faults.Damaged($"the message at byte {at} has a body of {length} bytes");
            if (length > end - body)
                throw faults.Truncated(
                    $"the message at byte {at} has a body of {length} bytes, and {end - body} are left"
                );
            receive(message, at, body, length);
            return length;
        }
        catch (Exception fault)
            when (fault is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw faults.Damaged($"the message at byte {at} points outside of itself", fault);
        }
    }
}
