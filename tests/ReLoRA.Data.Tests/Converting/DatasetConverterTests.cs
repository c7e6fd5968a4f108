using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ReLoRA.Data.Converting;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

public sealed class DatasetConverterTests
{
    public static TheoryData<string, string, CompressionCodecType?, bool> ArrowForms()
    {
        var forms = new TheoryData<string, string, CompressionCodecType?, bool>();
        foreach (var lists in new[] { "List", "LargeList", "FixedSizeList" })
        {
            foreach (var ids in new[] { "uint16", "int16", "uint32", "int32", "int64" })
            {
                foreach (
                    var codec in new CompressionCodecType?[]
                    {
                        null,
                        CompressionCodecType.Lz4Frame,
                        CompressionCodecType.Zstd,
                    }
                )
                    forms.Add(lists, ids, codec, codec is null && ids == "int64");
            }
        }
        return forms;
    }

    [Theory]
    [MemberData(nameof(ArrowForms))]
    public void Arrow_of_every_form_becomes_the_same_rows(
        string lists,
        string ids,
        CompressionCodecType? codec,
        bool isFile
    )
    {
        using var folder = new TemporaryFolder();
        var source = new ArrowSource
        {
            Lists = lists,
            Ids = TypeOf(ids),
            Codec = codec,
            IsFile = isFile,
        };
        source.Write(folder.File("data.arrow"), SmallData.Rows(11));
        var manifest = Conversion.Run(folder, "data.arrow");
        Assert.Equal(("uint16", 5, 11L), (manifest.TokenType, manifest.RowLength, manifest.Rows));
        SmallData.RequireRows(folder.File("out"), 11);
    }

    [Theory]
    [InlineData(Compression.Snappy, false)]
    [InlineData(Compression.Zstd, true)]
    [InlineData(Compression.Uncompressed, false)]
    [InlineData(Compression.Gzip, true)]
    [InlineData(Compression.Lz4, false)]
    [InlineData(Compression.Brotli, false)]
    public void Parquet_becomes_the_same_rows(Compression compression, bool isLong)
    {
        using var folder = new TemporaryFolder();
        new ParquetSource { Compression = compression, IsLong = isLong }.Write(
            folder.File("data.parquet"),
            SmallData.Rows(11)
        );
        Conversion.Run(folder, "data.parquet");
        SmallData.RequireRows(folder.File("out"), 11);
    }

    [Fact]
    public void Files_of_other_writers_give_the_bytes_that_ours_give()
    {
        using var expected = new TemporaryFolder();
        new ParquetSource().Write(expected.File("data.parquet"), SmallData.Rows(7));
        var shard = Conversion.Run(expected, "data.parquet").Shards[0].Sha256;
        var foreign = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "foreign-ids"));
        Assert.Equal(13, foreign.Length);
        foreach (var file in foreign)
        {
            using var folder = new TemporaryFolder();
            Assert.Equal(shard, Conversion.Run(folder, file).Shards[0].Sha256);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Bytes_do_not_depend_on_the_number_of_threads(int threads)
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, 9);
        var inputs = Conversion.Options(folder, "data");
        DatasetConverter.Convert(inputs with { Threads = threads });
        DatasetConverter.Convert(inputs with { Threads = 1, Output = folder.File("other") });
        Assert.Equal(Conversion.Bytes(folder.File("other")), Conversion.Bytes(folder.File("out")));
        SmallData.RequireRows(folder.File("out"), 9 * 3);
    }

    [Fact]
    public void The_manifest_names_sources_and_what_was_told_of_the_ids()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, 2);
        var options = Conversion.Options(folder, "data");
        var manifest = DatasetConverter.Convert(options);
        Assert.All(manifest.Sources, source => Assert.Equal("unknown", source.Sha256));
        manifest = DatasetConverter.Convert(options with { HashSources = true, Force = true });
        Assert.Equal(
            (SmallData.Vocabulary, 0, "unknown"),
            (manifest.VocabularySize, manifest.EndOfText, manifest.TokenizerSha256)
        );
        Assert.Equal(
            ["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"],
            manifest.Sources.Select(one => one.File)
        );
        Assert.Equal(DataFiles.Sha256(folder.File("data", "train-00001-of-00002.parquet")), manifest.Sources[1].Sha256);
        Assert.Equal(
            ["manifest.json", "tokens-00000.arrow", "tokens-00001.arrow"],
            Conversion.Bytes(folder.File("out")).Keys
        );
    }

    [Fact]
    public void A_large_vocabulary_is_stored_in_32_bits()
    {
        using var folder = new TemporaryFolder();
        new ParquetSource { IsLong = true }.Write(
            folder.File("data.parquet"),
            [
                [1, 70_000],
                [3, 4],
            ]
        );
        var options = Conversion.Options(folder, "data.parquet");
        var manifest = DatasetConverter.Convert(
            options with
            {
                Origin = new IdOrigin { VocabularySize = 100_000, EndOfText = "0" },
            }
        );
        Assert.Equal("int32", manifest.TokenType);
        using var data = TokenDataset.Open(options.Output);
        var row = new long[2];
        data.ReadRow(0, row);
        Assert.Equal([1, 70_000], row);
    }

    [Fact]
    public void A_conversion_that_was_stopped_goes_on_and_gives_the_bytes_of_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, 9);
        var options = Conversion.Options(folder, "data") with { Threads = 1 };
        DatasetConverter.Convert(options with { Output = folder.File("straight") });
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            DatasetConverter.Convert(
                options,
                state =>
                {
                    if (state.FilesDone == 4)
                        stop.Cancel();
                },
                stop.Token
            )
        );
        var kept = folder.File("out", "tokens-00002.arrow");
        var written = File.GetLastWriteTimeUtc(kept);
        // What a kill leaves: a shard under its temporary name, one that no line stands for, and a line without its end.
        File.WriteAllText(folder.File("out", "tokens-00004.arrow.partial"), "half");
        File.WriteAllText(folder.File("out", "tokens-00007.arrow"), "half");
        File.AppendAllText(folder.File("out", "convert.journal"), "{\"Number\":5,");
        Assert.False(File.Exists(folder.File("out", "manifest.json")));

        long before = 0;
        DatasetConverter.Convert(options, state => before = state.TokensBefore);

        // The file after the fourth may have been on its way to the disk.
        Assert.Contains(before, new long[] { 4 * 3 * SmallData.RowLength, 5 * 3 * SmallData.RowLength });
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        Assert.Equal(Conversion.Bytes(folder.File("straight")), Conversion.Bytes(folder.File("out")));
    }

    [Fact]
    public void An_interrupted_conversion_does_not_go_on_with_other_files_or_options()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, 2);
        var options = Conversion.Options(folder, "data") with { Threads = 1 };
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            DatasetConverter.Convert(options, state => Stop(state.FilesDone == 1), stop.Token)
        );
        File.SetLastWriteTimeUtc(
            folder.File("data", "train-00000-of-00002.parquet"),
            new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        );
        Conversion.RequireFault(options, DataFault.Mismatch, "was interrupted here", "--force");
        DatasetConverter.Convert(options with { Force = true });
        SmallData.RequireRows(folder.File("out"), 6);

        void Stop(bool isDue)
        {
            if (isDue)
                stop.Cancel();
        }
    }

    [Fact]
    public void Rows_wider_than_a_page_and_longer_than_a_piece_are_whole()
    {
        using var folder = new TemporaryFolder();
        const int Length = 70_001;
        new ParquetSource { RowsPerGroup = 2 }.Write(folder.File("data.parquet"), SmallData.Rows(3, rowLength: Length));
        Conversion.Run(folder, "data.parquet");
        SmallData.RequireRows(folder.File("out"), 3);
    }

    private static void WriteFiles(TemporaryFolder folder, int count)
    {
        Directory.CreateDirectory(folder.File("data"));
        for (var number = 0; number < count; number++)
            new ParquetSource().Write(
                folder.File("data", $"train-{number:D5}-of-{count:D5}.parquet"),
                SmallData.Rows(3, first: number * 3)
            );
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
