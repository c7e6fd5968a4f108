using ReLoRA.Core.Pickle;

namespace ReLoRA.Core.Tests.Pickle;

/// <summary>Damages bytes as disks and transfers do, and as someone would who knows what a pickle is made of.</summary>
internal static class PickleMutation
{
    private static readonly byte[][] Pieces =
    [
        .. Enum.GetValues<PickleOpcode>().Select(opcode => new[] { (byte)opcode }),
        .. "ibo\u0081\u0082\u0092\u0093]a"u8.ToArray().Select(opcode => new[] { opcode }),
        [.. "cos\nsystem\n"u8],
        [.. "ctorch\nHalfStorage\n"u8],
        [.. "ctorch._utils\n_rebuild_parameter\n"u8],
        [.. "ccollections\nOrderedDict\n"u8, .. ")R"u8],
        [(byte)'X', 255, 255, 255, 255],
        [(byte)'r', 255, 255, 255, 127],
        [0x8a, 8, 255, 255, 255, 255, 255, 255, 255, 127],
        [(byte)'J', 255, 255, 255, 255],
        [(byte)'J', 255, 255, 255, 127],
        [(byte)'K', 0],
        [(byte)'h', 3],
        [.. "PK\u0001\u0002"u8],
        [.. "PK\u0005\u0006"u8],
        [0, 0, 0, 0],
        [255, 255, 255, 255],
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
        var piece = Pieces[random.Next(Pieces.Length)];
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, piece);
                break;
            default:
                // Over what is there, so that places in the archive's directory stay right.
                bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
                bytes.InsertRange(at, piece);
                break;
        }
    }
}
