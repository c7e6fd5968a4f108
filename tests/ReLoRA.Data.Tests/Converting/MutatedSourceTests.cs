using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

/// <summary>Damaged files are read, wrongly at worst, or are typed faults. A crash of the native reader would end the test process.</summary>
public sealed class MutatedSourceTests
{
    [Theory]
    [InlineData("parquet", 400)]
    [InlineData("arrow", 400)]
    public void A_damaged_file_is_a_typed_fault(string kind, int count) => Mutate(kind, count);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("parquet", 12_000)]
    [InlineData("arrow", 12_000)]
    public void Ten_thousand_damaged_files_are_typed_faults(string kind, int count) => Mutate(kind, count);

    private static void Mutate(string kind, int count)
    {
        using var folder = new TemporaryFolder();
        var originals = kind == "parquet" ? Parquet(folder) : Arrow(folder);
        var random = new Random(1);
        var faults = 0;
        for (var trial = 0; trial < count; trial++)
        {
            var bytes = Damaged(originals[trial % originals.Count], random);
            var path = folder.File("damaged");
            File.WriteAllBytes(path, bytes);
            try
            {
                Read(path);
            }
            catch (DataException fault)
            {
                faults++;
                Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
            }
        }
        // A third and more of such damage shows; had all of it passed, nothing would have been damaged.
        Assert.InRange(faults, count / 4, count);
    }

    private static void Read(string path)
    {
        using var rows = RowSource.Open(path, "input_ids");
        if (rows.Rows > 0)
            rows.Read(rows.FirstRowLength() is >= 2 and <= 1 << 20 and var length ? length : 33, (_, _) => { });
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var flips = random.Next(1, 5); flips > 0; flips--)
        {
            // Half of them in the last bytes, where Parquet keeps all that describes the file.
            var at =
                random.Next(2) == 0
                    ? random.Next(bytes.Length)
                    : bytes.Length - 1 - random.Next(Math.Min(700, bytes.Length));
            bytes[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(bytes[at] ^ (1 << random.Next(8)));
        }
        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static List<byte[]> Parquet(TemporaryFolder folder) =>
        [
            .. new[]
            {
                Compression.Snappy,
                Compression.Zstd,
                Compression.Uncompressed,
                Compression.Gzip,
                Compression.Lz4,
            }.Select(
                (compression, number) =>
                {
                    var source = new ParquetSource
                    {
                        Compression = compression,
                        IsLong = number % 2 == 1,
                        RowsPerGroup = 10,
                    };
                    source.Write(folder.File("whole"), SmallData.Rows(40, rowLength: 33));
                    return File.ReadAllBytes(folder.File("whole"));
                }
            ),
        ];

    private static List<byte[]> Arrow(TemporaryFolder folder) =>
        [
            .. new[]
            {
                new ArrowSource(),
                new ArrowSource { Codec = CompressionCodecType.Lz4Frame },
                new ArrowSource
                {
                    Codec = CompressionCodecType.Zstd,
                    Lists = "LargeList",
                    Ids = Int64Type.Default,
                },
                new ArrowSource { Lists = "FixedSizeList", IsFile = true },
                new ArrowSource { Lists = "LargeList", Ids = UInt16Type.Default },
            }.Select(source =>
            {
                source.Write(folder.File("whole"), SmallData.Rows(20, rowLength: 33));
                return File.ReadAllBytes(folder.File("whole"));
            }),
        ];
}
