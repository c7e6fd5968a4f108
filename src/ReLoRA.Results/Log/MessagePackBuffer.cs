using System.Buffers.Binary;
using System.Text;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>MessagePack values, one after another in one growing array. Every value has the shortest form that holds it.</summary>
internal sealed class MessagePackBuffer
{
    private const int ShortMap = 15;
    private const int MediumMap = ushort.MaxValue;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what comes after a length.</summary>
    public void Cut(int length) => Length = length;

    /// <summary>Leaves a byte for a map's header, whose count of keys is not known yet, and returns its place.</summary>
    public int BeginMap()
    {
        Space(1);
        return Length - 1;
    }

    public void EndMap(int start, int count)
    {
        if (count <= ShortMap)
            _bytes[start] = (byte)(MessagePackCode.MinFixMap | count);
        else if (count <= MediumMap)
            BinaryPrimitives.WriteUInt16BigEndian(Widen(start, MessagePackCode.Map16, 2), (ushort)count);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Widen(start, MessagePackCode.Map32, 4), (uint)count);
    }

    public void Flag(bool value) => Space(1)[0] = value ? MessagePackCode.True : MessagePackCode.False;

    public void Integer(long value)
    {
        if (value >= 0)
            Positive((ulong)value);
        else
            Negative(value);
    }

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        if (size <= 31)
            Space(1)[0] = (byte)(MessagePackCode.MinFixStr | size);
        else if (size <= byte.MaxValue)
            Coded(MessagePackCode.Str8, 1)[0] = (byte)size;
        else if (size <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCode.Str16, 2), (ushort)size);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCode.Str32, 4), (uint)size);
        Encoding.UTF8.GetBytes(value, Space(size));
    }

    public void Array(int count)
    {
        if (count <= 15)
            Space(1)[0] = (byte)(MessagePackCode.MinFixArray | count);
        else if (count <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCode.Array16, 2), (ushort)count);
        else
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCode.Array32, 4), (uint)count);
    }

    public void Number(double value) => BinaryPrimitives.WriteDoubleBigEndian(Coded(MessagePackCode.Float64, 8), value);

    private void Positive(ulong value)
    {
        if (value <= 127)
            Space(1)[0] = (byte)value;
        else if (value <= byte.MaxValue)
            Coded(MessagePackCode.UInt8, 1)[0] = (byte)value;
        else if (value <= ushort.MaxValue)
            BinaryPrimitives.WriteUInt16BigEndian(Coded(MessagePackCode.UInt16, 2), (ushort)value);
        else if (value <= uint.MaxValue)
            BinaryPrimitives.WriteUInt32BigEndian(Coded(MessagePackCode.UInt32, 4), (uint)value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(Coded(MessagePackCode.UInt64, 8), value);
    }

    private void Negative(long value)
    {
        if (value >= -32)
            Space(1)[0] = unchecked((byte)value);
        else if (value >= sbyte.MinValue)
            Coded(MessagePackCode.Int8, 1)[0] = unchecked((byte)value);
        else if (value >= short.MinValue)
            BinaryPrimitives.WriteInt16BigEndian(Coded(MessagePackCode.Int16, 2), (short)value);
        else if (value >= int.MinValue)
            BinaryPrimitives.WriteInt32BigEndian(Coded(MessagePackCode.Int32, 4), (int)value);
        else
            BinaryPrimitives.WriteInt64BigEndian(Coded(MessagePackCode.Int64, 8), value);
    }

    /// <summary>Makes the header at a place longer, now that it is known how many keys the map has.</summary>
    private Span<byte> Widen(int start, byte code, int size)
    {
        var content = Length - start - 1;
        Space(size);
        _bytes.AsSpan(start + 1, content).CopyTo(_bytes.AsSpan(start + 1 + size));
        _bytes[start] = code;
        return _bytes.AsSpan(start + 1, size);
    }

    private Span<byte> Coded(byte code, int size)
    {
        var space = Space(1 + size);
        space[0] = code;
        return space[1..];
    }

    private Span<byte> Space(int size)
    {
        if (Length + size > _bytes.Length)
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        Length += size;
        return _bytes.AsSpan(Length - size, size);
    }
}
