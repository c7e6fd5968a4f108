using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ReLoRA.Data.Adopting;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Converting;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Adopting;

public sealed class DatasetAdoptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("List", "int32")]
    [InlineData("List", "int64")]
    [InlineData("LargeList", "uint16")]
    [InlineData("LargeList", "int64")]
    [InlineData("FixedSizeList", "int16")]
    [InlineData("FixedSizeList", "uint32")]
    public void Arrow_files_are_read_where_they_lie(string lists, string ids)
    {
        var source = new ArrowSource { Lists = lists, Ids = TypeOf(ids) };
        WriteTwo(source);
        var before = Conversion.Bytes(folder.Path);
        var manifest = Adopt();
        Assert.Equal((ids, 11L, "input_ids"), (manifest.TokenType, manifest.Rows, manifest.AdoptedColumn));
        SmallData.RequireRows(folder.Path, 11);
        DatasetVerification.Verify(folder.Path);
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(folder.File(file.Key))));
    }

    [Fact]
    public void Files_of_another_writer_with_text_before_the_ids_are_read_where_they_lie()
    {
        var fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures", "foreign-ids");
        foreach (
            var name in new[]
            {
                "arrow-js-list-int32",
                "arrow-js-list-int64",
                "arrow-js-list-uint16",
                "arrow-js-fixed-int32",
                "polars-large-list-uncompressed",
            }
        )
        {
            using var one = new TemporaryFolder();
            File.Copy(Path.Combine(fixtures, $"{name}.arrow"), one.File("data.arrow"));
            Adopt(one.Path);
            SmallData.RequireRows(one.Path, 7);
        }
    }

    [Fact]
    public void Other_content_of_the_same_size_is_never_taken_for_what_was_adopted()
    {
        WriteTwo(new ArrowSource());
        Adopt();
        var identity = Identity();
        var path = folder.File("data-00001-of-00002.arrow");
        var rows = SmallData.Rows(4, first: 7);
        rows[2][3] ^= 1;
        new ArrowSource().Write(path, rows);

        var fault = Assert.Throws<DataException>(() => TokenDataset.Open(folder.Path));
        Assert.Equal(DataFault.Mismatch, fault.Fault);
        Assert.Contains("relora data adopt", fault.Message, StringComparison.Ordinal);
        Assert.Contains("data-00001-of-00002.arrow", fault.Message, StringComparison.Ordinal);

        Adopt();
        Assert.NotEqual(identity, Identity());
    }

    [Fact]
    public void The_same_content_written_again_or_copied_elsewhere_has_the_same_identity()
    {
        WriteTwo(new ArrowSource());
        Adopt();
        var identity = Identity();
        File.SetLastWriteTimeUtc(
            folder.File("data-00000-of-00002.arrow"),
            new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        );
        Assert.Equal(identity, Identity());
        using var copy = new TemporaryFolder();
        foreach (
            var file in Directory
                .GetFiles(folder.Path)
                .Where(file => !file.EndsWith("stamps.json", StringComparison.Ordinal))
        )
            File.Copy(file, copy.File(Path.GetFileName(file)));
        using var data = TokenDataset.Open(copy.Path);
        Assert.Equal(identity, data.ManifestHash);
        Adopt();
        Assert.Equal(identity, Identity());
    }

    [Fact]
    public void Compressed_Arrow_is_pointed_to_conversion()
    {
        new ArrowSource { Codec = CompressionCodecType.Zstd }.Write(folder.File("data.arrow"), SmallData.Rows(3));
        RequireFault(DataFault.Unsupported, "data.arrow", "is compressed", "relora data convert");
        Assert.Contains(
            "relora data adopt",
            Assert.Throws<DataException>(() => TokenDataset.Open(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Parquet_is_pointed_to_conversion()
    {
        new ParquetSource().Write(folder.File("data.parquet"), SmallData.Rows(3));
        RequireFault(DataFault.Unsupported, "data.parquet", "relora data convert");
        Assert.Contains(
            "relora data convert",
            Assert.Throws<DataException>(() => TokenDataset.Open(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rows_of_differing_lengths_are_named()
    {
        var rows = SmallData.Rows(9);
        rows[6] = [1, 2, 3];
        new ArrowSource().Write(folder.File("data.arrow"), rows);
        RequireFault(DataFault.WrongRowLength, "data.arrow", "row 6 has 3 tokens", "allowed: 5");
    }

    [Fact]
    public void Ids_beyond_the_vocabulary_are_named()
    {
        var rows = SmallData.Rows(9);
        rows[6][2] = SmallData.Vocabulary;
        new ArrowSource { Ids = Int64Type.Default }.Write(folder.File("data.arrow"), rows);
        RequireFault(DataFault.TokenOutOfRange, "data.arrow", "row 6, token 2 is 97");
    }

    [Fact]
    public void Files_that_differ_in_type_are_pointed_to_conversion()
    {
        new ArrowSource().Write(folder.File("a.arrow"), SmallData.Rows(3));
        new ArrowSource { Ids = Int64Type.Default }.Write(folder.File("b.arrow"), SmallData.Rows(3));
        RequireFault(DataFault.Unsupported, "b.arrow", "int64", "relora data convert");
    }

    [Fact]
    public void Shards_of_ours_need_no_adoption()
    {
        SmallData.Write(folder, [3]);
        RequireFault(DataFault.Exists, "nothing to adopt");
        SmallData.RequireRows(folder.Path, 3);
    }

    private void WriteTwo(ArrowSource source)
    {
        source.Write(folder.File("data-00000-of-00002.arrow"), SmallData.Rows(7));
        source.Write(folder.File("data-00001-of-00002.arrow"), SmallData.Rows(4, first: 7));
    }

    private DatasetManifest Adopt(string? path = null) =>
        DatasetAdoption.Adopt(new AdoptOptions { Folder = path ?? folder.Path, Origin = Conversion.Origin });

    private string Identity()
    {
        using var data = TokenDataset.Open(folder.Path);
        return data.ManifestHash;
    }

    private void RequireFault(DataFault expected, params string[] named)
    {
        var fault = Assert.Throws<DataException>(() => Adopt());
        Assert.Equal(expected, fault.Fault);
        foreach (var name in named)
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private static IArrowType TypeOf(string name) =>
        name switch
        {
            "uint16" => UInt16Type.Default,
            "int16" => Int16Type.Default,
            "uint32" => UInt32Type.Default,
            "int32" => Int32Type.Default,
            _ => Int64Type.Default,
        };
}
