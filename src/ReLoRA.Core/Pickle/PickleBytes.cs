using System.Buffers.Binary;
using System.Text;

namespace ReLoRA.Core.Pickle;

/// <summary>The bytes of a pickle, read forward. A length is compared with what is left before anything is made of it.</summary>
internal sealed class PickleBytes(byte[] bytes, Refusal refusal)
{
    /// <summary>The longest allowed name has 18 letters.</summary>
    private const int LongestLine = 128;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public int Position { get; private set; }

    public bool IsAtEnd => Position == bytes.Length;

    public byte Byte() => Take(1)[0];

    public int Word() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Integer() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint Unsigned() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A whole number of up to eight bytes, the last of which has the sign.</summary>
    public long Long()
    {
        var length = Byte();
        if (length > sizeof(long))
            throw refusal.Of(
                PickleFault.Structure,
                $"a whole number at byte {Position} has {length} bytes; allowed: 8"
            );
        var digits = Take(length);
        Span<byte> whole = stackalloc byte[sizeof(long)];
        whole.Fill(length > 0 && (digits[^1] & 0x80) != 0 ? (byte)0xff : (byte)0);
        digits.CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }

    public string Text() => Decode(Take(Unsigned()));

    /// <summary>A text up to the end of its line.</summary>
    public string Line()
    {
        var rest = bytes.AsSpan(Position);
        var length = rest[..Math.Min(rest.Length, LongestLine)].IndexOf((byte)'\n');
        if (length < 0 && rest.Length < LongestLine)
            throw Ended();
        if (length < 0)
            throw refusal.Of(PickleFault.Global, $"a name at byte {Position} has more than {LongestLine} letters");
        var line = Decode(rest[..length]);
        Position += length + 1;
        return line;
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > bytes.Length - Position)
            throw Ended();
        var taken = bytes.AsSpan(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    private string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            throw refusal.Of(PickleFault.Text, $"a text before byte {Position} is no UTF-8", e);
        }
    }

    private PickleException Ended() =>
        refusal.Of(PickleFault.Truncated, $"its pickle of {bytes.Length} bytes ends within what begins at {Position}");
}
