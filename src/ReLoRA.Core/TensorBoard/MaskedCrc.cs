using System.Buffers.Binary;
using System.Numerics;

namespace ReLoRA.Core.TensorBoard;

/// <summary>The checksum of TensorFlow's record files: CRC-32C, turned right by 15 bits, plus a constant.</summary>
internal static class MaskedCrc
{
    private const uint Delta = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return unchecked(BitOperations.RotateRight(~crc, 15) + Delta);
    }
}
