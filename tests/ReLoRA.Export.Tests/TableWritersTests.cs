using ReLoRA.Export.Tests.Support;
using ReLoRA.Results.Tables;
using ReLoRA.Testing;

namespace ReLoRA.Export.Tests;

public sealed class TableWritersTests : IDisposable
{
    private static readonly Column[] Columns =
    [
        new("key", ColumnType.Integer, "", "never missing"),
        new("whole", ColumnType.Integer, "things", "m"),
        new("number, \"odd\"", ColumnType.Number, "nats per token", "m"),
        new("flag", ColumnType.Flag, "", "m"),
        new("text", ColumnType.Text, "", "m"),
    ];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_reads_back_value_by_value(ExportFormat format)
    {
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var rows = Enumerable.Range(0, random.Next(200)).Select(at => Row(random, at)).ToList();

            var found = WriteAndRead(format, $"t{round}", rows);

            Values.AssertSame($"{format} {round}", rows, found);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Rows_beyond_one_batch_are_all_there_in_their_order(ExportFormat format)
    {
        var rows = Enumerable
            .Range(0, 150_000)
            .Select(at => new object?[] { (long)at, null, at * 0.1, at % 2 == 0, "x" })
            .ToList();

        Values.AssertSame($"{format}", rows, WriteAndRead(format, "many", rows));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_table_without_rows_is_a_file_that_opens(ExportFormat format) =>
        Assert.Empty(WriteAndRead(format, "none", []));

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_full_disk_is_a_fault_of_input_and_output(ExportFormat format)
    {
        File.CreateSymbolicLink(folder.File(TableFile.NameOf("full", format)), "/dev/full");
        var rows = Enumerable
            .Range(0, 100_000)
            .Select(at => new object?[] { (long)at, null, 0.1 * at, true, "x" })
            .ToList();

        var fault = Assert.ThrowsAny<IOException>(() => WriteAndRead(format, "full", rows));

        Assert.Contains("No space left on device", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_and_meanings_stand_in_the_schema_of_Feather_files()
    {
        WriteAndRead(ExportFormat.Feather, "schema", []);

        using var file = File.OpenRead(folder.File("schema.feather"));
        using var reader = new Apache.Arrow.Ipc.ArrowFileReader(file);
        var field = reader.Schema.FieldsList[2];
        Assert.Equal("nats per token", field.Metadata["unit"]);
        Assert.Equal("m", field.Metadata["description"]);
        Assert.Equal("schema", reader.Schema.Metadata["relora.table"]);
    }

    [Fact]
    public void Units_stand_in_the_Arrow_schema_of_Parquet_files()
    {
        WriteAndRead(ExportFormat.Parquet, "schema", []);

        using var reader = new ParquetSharp.Arrow.FileReader(folder.File("schema.parquet"));
        Assert.Equal("nats per token", reader.Schema.FieldsList[2].Metadata["unit"]);
    }

    private List<object?[]> WriteAndRead(ExportFormat format, string table, List<object?[]> rows)
    {
        using (var file = new TableFile(folder.Path, format, table, Columns))
        {
            foreach (var row in rows)
                file.Add(row);
            file.Complete();
            Assert.Equal(rows.Count, file.Rows);
        }
        return ReadBack.Of(format, folder.File(TableFile.NameOf(table, format)), Columns);
    }

    private static object?[] Row(Random random, int at) =>
        [
            (long)at,
            Maybe(random, () => random.NextInt64(long.MinValue, long.MaxValue)),
            Maybe(random, () => Number(random)),
            Maybe(random, () => random.Next(2) == 0),
            Maybe(random, () => Text(random)),
        ];

    private static object? Maybe(Random random, Func<object> value) => random.Next(4) == 0 ? null : value();

    private static double Number(Random random) =>
        random.Next(2) == 0 ? OddRuns.Numbers[random.Next(OddRuns.Numbers.Length)]
        : BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsNaN(any) ? double.NaN
        : any;

    /// <summary>Odd texts, whole and put together.</summary>
    private static string Text(Random random) =>
        string.Concat(
            Enumerable.Range(0, random.Next(1, 4)).Select(_ => OddRuns.Texts[random.Next(OddRuns.Texts.Length)])
        );
}
