using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Data.Sampling;

/// <summary>The keys of the Feistel rounds of one epoch.</summary>
internal sealed class EpochKeys
{
    private const int Rounds = 8;
    private readonly ulong[] _keys;

    public EpochKeys(long seed, string purpose, long epoch)
    {
        Epoch = epoch;
        _keys = new ulong[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{seed}|{purpose}-{RowOrder.AlgorithmVersion}|{epoch}|{round}"
            );
            _keys[round] = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        }
    }

    public long Epoch { get; }

    /// <summary>Permutes the numbers of twice <paramref name="halfBits"/> bits.</summary>
    public ulong Permute(ulong value, int halfBits)
    {
        var mask = (1UL << halfBits) - 1;
        var (left, right) = (value >> halfBits, value & mask);
        foreach (var key in _keys)
            (left, right) = (right, left ^ (Mix(right ^ key) & mask));
        return (left << halfBits) | right;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input reaches every bit of the output.
    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
