using System.Buffers.Binary;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

/// <summary>Shards with drawn damage: each is read or is a typed fault. The reader is mapped, so anything else could end the process.</summary>
[Collection(Alone.Collection)]
public sealed class MutatedShardTests
{
    private const long MostGrowth = 64 << 20;

    [Fact]
    public void Two_thousand_damaged_shards_are_read_or_are_typed_faults() => Run(2_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_damaged_shards_are_read_or_are_typed_faults_in_bounded_memory() => Run(100_000);

    private static void Run(int count)
    {
        using var folder = new TemporaryFolder();
        byte[][] originals =
        [
            SmallData.ShardBytes(folder, 3),
            SmallData.ShardBytes(folder, 3, vocabulary: 70_000),
            SmallData.ShardBytes(folder, 3, rowLength: 20_000), // Several batches.
        ];
        var random = new Random(20_261_124);
        var path = folder.File("mutated.arrow");
        var (read, refused, before) = (0, 0, 0L);
        for (var number = 0; number < count; number++)
        {
            // The large one is slow to write: fewer of it.
            var original = originals[number % 50 == 0 ? 2 : number % 2];
            File.WriteAllBytes(path, Mutated(original, random));
            if (IsRead(path))
                read++;
            else
                refused++;
            if (number == 500)
                before = Environment.WorkingSet;
        }
        Assert.True(read > count / 100 && refused > count / 4, $"{read} read, {refused} refused");
        Assert.True(Environment.WorkingSet - before < MostGrowth, "memory grows");
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        // The ids are most of a file and any id is an id; the structure is at both ends.
        int Place() =>
            random.Next(2) == 0
                ? random.Next(Math.Min(700, bytes.Length))
                : bytes.Length - 1 - random.Next(Math.Min(500, bytes.Length));
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Length > 16; changes--)
        {
            switch (random.Next(6))
            {
                case 0:
                    bytes[Place()] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[Place()] = (byte)random.Next(256);
                    break;
                case 2:
                    var at = Math.Min(Place(), bytes.Length - 8) & ~3;
                    int[] extremes = [0, -1, int.MaxValue, int.MinValue, 1, 8, bytes.Length, 1 << 24];
                    BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), extremes[random.Next(extremes.Length)]);
                    break;
                case 3:
                    bytes = bytes[..random.Next(bytes.Length)];
                    break;
                case 4:
                    var (from, to) = (Place(), Place());
                    var length = Math.Min(random.Next(64), bytes.Length - Math.Max(from, to));
                    bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(to));
                    break;
                default:
                    var cut = Place();
                    bytes = [.. bytes[..cut], .. bytes[Math.Min(bytes.Length, cut + random.Next(16))..]];
                    break;
            }
        }
        return bytes;
    }

    private static bool IsRead(string path)
    {
        try
        {
            using var shard = TokenShard.Open(path);
            if (shard.Rows == 0)
                return true;
            var row = new long[shard.RowLength];
            for (long index = 0; index < shard.Rows; index++)
                shard.ReadRow(index, SmallData.Vocabulary, row);
            return true;
        }
        catch (DataException fault)
        {
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
