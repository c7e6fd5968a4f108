using System.Buffers.Binary;
using System.Text;

namespace ReLoRA.Core.Tests.Safetensors;

/// <summary>Damages a file as disks, transfers and other programs do, and as someone would who means it.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "-1",
        "0",
        "18446744073709551615",
        "9223372036854775807",
        "4294967296",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e3",
        "\"dtype\"",
        "\"shape\"",
        "\"data_offsets\"",
        "\"F64\"",
        "\"BOOL\"",
        "\"__metadata__\":{}",
        "\\ud800",
        "\0",
        "\n",
    ];

    public static byte[] Of(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
            Once(bytes, random);
        return [.. bytes];
    }

    private static void Once(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(Math.Min(64, bytes.Count - at) + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4 when bytes.Count >= 8:
                Span<byte> size = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(
                    size,
                    random.Next(2) == 0 ? random.NextInt64() : random.Next(1000)
                );
                for (var i = 0; i < 8; i++)
                    bytes[i] = size[i];
                break;
            default:
                // Over what is there, so that the header's length still fits.
                var piece = Encoding.ASCII.GetBytes(Pieces[random.Next(Pieces.Length)]);
                bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
                bytes.InsertRange(at, piece);
                break;
        }
    }
}
