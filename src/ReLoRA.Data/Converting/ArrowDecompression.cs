using System.Buffers.Binary;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ReLoRA.Data.ArrowFiles;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>Buffers of compressed Arrow batches: 8 bytes of length, then a frame of LZ4 or ZSTD. One at a time, into memory that is used again.</summary>
internal sealed class ArrowDecompression(ShardBytes bytes, ArrowFaults faults)
{
    private const int PrefixSize = sizeof(long);
    private const long NotCompressed = -1;

    // Buffers are padded to 8 or 64 bytes; some writers count that in.
    private const int LongestPadding = 64;

    private readonly CompressionCodecFactory _factory = new();
    private readonly Dictionary<byte, ICompressionCodec> _codecs = [];
    private byte[] _compressed = [];
    private byte[] _plain = [];

    /// <summary>A buffer's content, gone with the next call.</summary>
    /// <exception cref="DataException">It is damaged, of another length, or compressed in another way.</exception>
    public ReadOnlySpan<byte> Read(byte codec, ArrowBuffer buffer, int needed, long at)
    {
        if (buffer.Length < PrefixSize)
            throw faults.Damaged($"a compressed buffer of the batch at byte {at} has {buffer.Length} bytes");
        var size = faults.Counted(buffer.Length - PrefixSize, at);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.Read(buffer.At, PrefixSize));
        var isPlain = length == NotCompressed;
        if (isPlain)
            length = size;
        if (length < needed || length > (long)needed + LongestPadding)
            throw faults.Damaged($"a buffer of the batch at byte {at} has {length} bytes; expected {needed}");
        Reserve(ref _compressed, size);
        bytes.Read(buffer.At + PrefixSize, _compressed.AsSpan(0, size));
        if (isPlain)
            return _compressed.AsSpan(0, needed);
        Reserve(ref _plain, (int)length);
        if (Decompress(codec, size, (int)length, at) is var found && found != length)
            throw faults.Damaged(
                $"a buffer of the batch at byte {at} decompresses to {found} bytes; expected {length}"
            );
        return _plain.AsSpan(0, needed);
    }

    private int Decompress(byte codec, int size, int length, long at)
    {
        var decoder = Codec(codec, at);
        try
        {
            return decoder.Decompress(_compressed.AsMemory(0, size), _plain.AsMemory(0, length));
        }
        // The two decoders throw exceptions of many types for damaged input, all without a place.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw faults.Damaged($"a buffer of the batch at byte {at} cannot be decompressed: {fault.Message}", fault);
        }
    }

    private ICompressionCodec Codec(byte number, long at)
    {
        if (_codecs.TryGetValue(number, out var known))
            return known;
        var type = number switch
        {
            0 => CompressionCodecType.Lz4Frame,
            1 => CompressionCodecType.Zstd,
            _ => throw faults.Damaged(
                $"the batch at byte {at} is compressed by method {number}; known: 0 (LZ4), 1 (ZSTD)"
            ),
        };
        return _codecs[number] = _factory.CreateCodec(type);
    }

    private static void Reserve(ref byte[] memory, int size)
    {
        if (memory.Length < size)
            memory = GC.AllocateUninitializedArray<byte>(size);
    }
}
