using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

public sealed class ConvertFaultTests
{
    [Theory]
    [InlineData("List", null)]
    [InlineData("LargeList", null)]
    [InlineData("List", CompressionCodecType.Zstd)]
    [InlineData("Parquet", null)]
    public void A_row_of_another_length_is_named_with_both_lengths(string form, CompressionCodecType? codec)
    {
        foreach (var (length, found) in new[] { (4, "4 tokens"), (6, "tokens") })
        {
            using var folder = new TemporaryFolder();
            var rows = SmallData.Rows(11);
            rows[9] = new long[length];
            Write(folder, form, rows, codec);
            Conversion.RequireFault(folder, "data", DataFault.WrongRowLength, "row 9 ", found, "allowed: 5");
        }
    }

    [Theory]
    [InlineData("FixedSizeList")]
    [InlineData("List")]
    [InlineData("Parquet")]
    public void A_file_of_another_row_length_than_the_first_is_named(string form)
    {
        using var folder = new TemporaryFolder();
        Write(folder, form, SmallData.Rows(3), null, "first");
        Write(folder, form, SmallData.Rows(3, rowLength: 4), null, "second");
        Conversion.RequireFault(
            Conversion.Options(folder, "first", "second"),
            DataFault.WrongRowLength,
            "second: row 0 has 4 tokens",
            "allowed: 5"
        );
    }

    [Fact]
    public void Nulls_are_named_with_their_row()
    {
        using var folder = new TemporaryFolder();
        new ArrowSource { NullRow = 6 }.Write(folder.File("data.arrow"), SmallData.Rows(9));
        Conversion.RequireFault(folder, "data.arrow", DataFault.Unsupported, "row 6 is null");
        new ParquetSource { NullRow = 6 }.Write(folder.File("row.parquet"), SmallData.Rows(9));
        Conversion.RequireFault(folder, "row.parquet", DataFault.Unsupported, "row 6 is null");
        new ParquetSource { RowOfNullId = 2 }.Write(folder.File("id.parquet"), SmallData.Rows(9));
        Conversion.RequireFault(folder, "id.parquet", DataFault.Unsupported, "row 2 has a null id");
        var rows = SmallData.Rows(9);
        rows[8] = [];
        new ParquetSource().Write(folder.File("empty.parquet"), rows);
        Conversion.RequireFault(folder, "empty.parquet", DataFault.Unsupported, "row 8 is null or has no ids");
    }

    [Theory]
    [InlineData("List", 97)]
    [InlineData("List", -1)]
    [InlineData("Parquet", 97)]
    [InlineData("Parquet", -1)]
    [InlineData("Parquet", 65_536)]
    public void Ids_outside_of_the_vocabulary_are_named_with_row_and_token(string form, int id)
    {
        using var folder = new TemporaryFolder();
        var rows = SmallData.Rows(30, rowLength: 50);
        rows[27][41] = id;
        Write(folder, form, rows, null);
        Conversion.RequireFault(
            folder,
            "data",
            DataFault.TokenOutOfRange,
            $"row 27, token 41 is {id}; allowed: 0 to 96",
            "--vocabulary"
        );
    }

    [Theory]
    [InlineData("List")]
    [InlineData("Parquet")]
    public void A_column_that_is_not_there_is_answered_with_those_that_are(string form)
    {
        using var folder = new TemporaryFolder();
        Write(folder, form, SmallData.Rows(3), null);
        var options = Conversion.Options(folder, "data") with { Column = "tokens" };
        Conversion.RequireFault(options, DataFault.Unsupported, "no column \"tokens\"", "\"input_ids\"", "--column");
    }

    [Fact]
    public void Another_column_can_be_chosen()
    {
        using var folder = new TemporaryFolder();
        new ArrowSource { Column = "tokens" }.Write(folder.File("data.arrow"), SmallData.Rows(3));
        new ParquetSource { Column = "tokens" }.Write(folder.File("data.parquet"), SmallData.Rows(3, first: 3));
        DatasetConverter.Convert(Conversion.Options(folder, "data.arrow", "data.parquet") with { Column = "tokens" });
        SmallData.RequireRows(folder.File("out"), 6);
    }

    [Fact]
    public void Columns_that_hold_no_ids_are_refused()
    {
        using var folder = new TemporaryFolder();
        new ArrowSource { Ids = FloatType.Default }.Write(folder.File("data.arrow"), SmallData.Rows(3));
        Conversion.RequireFault(folder, "data.arrow", DataFault.Unsupported, "lists of Arrow type 3");
        var options = Conversion.Options(folder, "data.arrow") with { Column = "text" };
        Conversion.RequireFault(options, DataFault.Unsupported, "the column \"text\" has Arrow type 5");
    }

    [Theory]
    [InlineData("", DataFault.Truncated, "0 bytes")]
    [InlineData("PAR1", DataFault.Truncated, "without PAR1")]
    [InlineData("PAR1 and no such end", DataFault.Truncated, "without PAR1")]
    [InlineData("PK\u0003\u0004 a zip file", DataFault.Unsupported, "neither Parquet nor Arrow")]
    [InlineData("ARROW1", DataFault.Truncated, "6 bytes")]
    [InlineData("PAR1PAR1PAR1PAR1", DataFault.Damaged, "cannot be read as Parquet")]
    public void Files_of_another_kind_are_refused(string content, DataFault expected, string named)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("data"), content);
        Conversion.RequireFault(folder, "data", expected, named);
    }

    [Theory]
    [InlineData("List", null)]
    [InlineData("List", CompressionCodecType.Lz4Frame)]
    [InlineData("Parquet", null)]
    public void A_file_cut_anywhere_is_a_typed_fault(string form, CompressionCodecType? codec)
    {
        using var folder = new TemporaryFolder();
        Write(folder, form, SmallData.Rows(5), codec);
        var whole = File.ReadAllBytes(folder.File("data"));
        for (var length = 0; length < whole.Length; length += 3)
        {
            File.WriteAllBytes(folder.File("data"), whole[..length]);
            var fault = Assert.Throws<DataException>(() => Read(folder.File("data")));
            Assert.StartsWith(folder.File("data"), fault.Message, StringComparison.Ordinal);
        }

        static void Read(string path)
        {
            using var rows = RowSource.Open(path, "input_ids");
            rows.Read(SmallData.RowLength, (_, _) => { });
        }
    }

    [Fact]
    public void A_full_disk_is_a_typed_fault_and_leaves_no_shard()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no device that is always full");
        using var folder = new TemporaryFolder();
        Write(folder, "List", SmallData.Rows(20_000), null);
        File.CreateSymbolicLink(folder.File("shard.arrow.partial"), "/dev/full");
        var conversion = new FileConversion(
            folder.File("data"),
            folder.File("shard.arrow"),
            SmallData.RowLength,
            SmallData.Vocabulary
        );
        using (conversion)
        {
            var fault = Assert.Throws<DataException>(() =>
            {
                conversion.Read("input_ids", _ => { });
                conversion.Complete();
            });
            Assert.Equal(DataFault.Unreadable, fault.Fault);
            Assert.Contains("shard.arrow", fault.Message, StringComparison.Ordinal);
        }
        Assert.Equal(["data"], Directory.EnumerateFiles(folder.Path).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public void A_file_without_rows_is_refused()
    {
        using var folder = new TemporaryFolder();
        new ArrowSource().Write(folder.File("none.arrow"), []);
        Conversion.RequireFault(folder, "none.arrow", DataFault.TooSmall, "no rows");
        new ParquetSource().Write(folder.File("none.parquet"), []);
        Conversion.RequireFault(folder, "none.parquet", DataFault.TooSmall, "no rows");
    }

    [Fact]
    public void A_fault_in_the_last_file_is_found_before_the_first_is_converted()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "Parquet", SmallData.Rows(3), null, "first");
        File.WriteAllText(folder.File("last"), "no Parquet, no Arrow");
        Conversion.RequireFault(Conversion.Options(folder, "first", "last"), DataFault.Unsupported, "last");
        Assert.Equal(["convert.journal"], Conversion.Bytes(folder.File("out")).Keys);
    }

    [Fact]
    public void A_dataset_that_is_there_is_kept_unless_forced()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "List", SmallData.Rows(3), null);
        Conversion.Run(folder, "data");
        var before = Conversion.Bytes(folder.File("out"));
        Assert.Equal(DataFault.Exists, Assert.Throws<DataException>(() => Conversion.Run(folder, "data")).Fault);
        Assert.Equal(before, Conversion.Bytes(folder.File("out")));
        DatasetConverter.Convert(Conversion.Options(folder, "data") with { Force = true });
        Assert.Equal(before, Conversion.Bytes(folder.File("out")));
        File.WriteAllText(folder.File("out", "letter.txt"), "mine");
        var options = Conversion.Options(folder, "data") with { Force = true };
        Assert.Equal(DataFault.Exists, Assert.Throws<DataException>(() => DatasetConverter.Convert(options)).Fault);
    }

    private static void Write(
        TemporaryFolder folder,
        string form,
        IReadOnlyList<long[]> rows,
        CompressionCodecType? codec,
        string name = "data"
    )
    {
        if (form == "Parquet")
            new ParquetSource().Write(folder.File(name), rows);
        else
            new ArrowSource { Lists = form, Codec = codec }.Write(folder.File(name), rows);
    }
}
