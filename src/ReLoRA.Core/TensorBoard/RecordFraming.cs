using System.Buffers.Binary;
using Google.Protobuf;
using Tensorboard;

namespace ReLoRA.Core.TensorBoard;

/// <summary>Events as they stand in TensorBoard's files: length, its checksum, the message, its checksum.</summary>
internal static class RecordFraming
{
    /// <summary>Appends an event.</summary>
    public static void Append(Stream target, Event happened)
    {
        var message = happened.ToByteArray();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Length);
        target.Write(length);
        Checksum(target, length);
        target.Write(message);
        Checksum(target, message);
    }

    private static void Checksum(Stream target, ReadOnlySpan<byte> bytes)
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc.Of(bytes));
        target.Write(checksum);
    }
}
