using System.IO.Compression;
using System.Text;
using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class BuildInputTests
{
    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public void Compressed_text_gives_the_rows_of_the_same_text_as_it_is(string extension)
    {
        using var folder = new TemporaryFolder();
        var plain = BuildText.Lines(folder, "a.jsonl", count: 500);
        var packed = folder.File("b.jsonl" + extension);
        using (var file = File.Create(packed))
        using (
            Stream packer =
                extension == ".gz"
                    ? new GZipStream(file, CompressionLevel.Fastest)
                    : new ZstdSharp.CompressionStream(file)
        )
            packer.Write(File.ReadAllBytes(plain));
        var one = DatasetBuilder.Build(BuildText.Options(folder, plain, "one"));
        var other = DatasetBuilder.Build(BuildText.Options(folder, packed, "other"));
        Assert.Equal(one.Shards, other.Shards);
        Assert.Equal(DataFiles.Sha256(packed), other.Sources[0].Sha256);
    }

    [Fact]
    public void A_Zstandard_file_cut_anywhere_is_a_typed_fault()
    {
        using var folder = new TemporaryFolder();
        using var memory = new MemoryStream();
        using (var packer = new ZstdSharp.CompressionStream(memory, leaveOpen: true))
            packer.Write(File.ReadAllBytes(BuildText.Lines(folder, "a.jsonl", count: 50)));
        var whole = memory.ToArray();
        var path = folder.File("cut.jsonl.zst");
        for (var length = 1; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var fault = Assert.Throws<DataException>(() => Documents.Read(new InputFile(path, "cut")).ToList());
            Assert.Equal(DataFault.Damaged, fault.Fault);
            Assert.Contains("Zstandard", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bad_lines_end_the_build_and_name_file_line_and_what_was_found()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.jsonl");
        File.WriteAllBytes(path, [.. "{\"text\":\"good\"}\n{\"text\":\""u8, 0xFF, .. "\"}\n"u8]);
        var fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(BuildText.Options(folder, path, "out")));
        Assert.Equal(
            $"{path}(2): no UTF-8: found the byte 0xFF at byte 25 of the text. Convert the file to UTF-8, or leave such lines out by --skip-bad.",
            fault.Message
        );
        Assert.False(File.Exists(folder.File("out", DatasetManifest.FileName)));
    }

    [Fact]
    public void Bad_lines_are_counted_and_left_out_on_demand()
    {
        using var folder = new TemporaryFolder();
        var path = BuildText.Lines(folder, "a.jsonl", count: 50);
        var expected = DatasetBuilder.Build(BuildText.Options(folder, path, "one"));
        var bad = folder.File("b.jsonl");
        File.WriteAllBytes(
            bad,
            [.. "no json\n"u8, .. File.ReadAllBytes(path), .. "{\"text\":7}\n[1]\n\xFF\n"u8, 0xFF, (byte)'\n']
        );
        var found = DatasetBuilder.Build(BuildText.Options(folder, bad, "other") with { SkipBad = true });
        Assert.Equal(expected.Shards, found.Shards);
        Assert.Equal(5, found.SkippedLines);
    }

    [Fact]
    public void A_bad_line_of_plain_text_is_left_out_on_demand()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.txt");
        File.WriteAllBytes(path, [.. "the cat\n"u8, 0xFE, .. "\nthe hat\n"u8]);
        var options = BuildText.Options(folder, path, "out");
        var fault = Assert.Throws<DataException>(() => DatasetBuilder.Build(options));
        Assert.Contains("(2): no UTF-8: found the byte 0xFE at byte 8", fault.Message, StringComparison.Ordinal);
        var manifest = DatasetBuilder.Build(options with { SkipBad = true });
        Assert.Equal((1, 1), (manifest.SkippedLines, manifest.Documents));
    }

    [Fact]
    public void A_byte_order_mark_is_no_text()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.txt"), "one", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(["one"], Documents.Read(new InputFile(folder.File("a.txt"), "a.txt")));
    }

    [Fact]
    public void A_lone_surrogate_of_JSON_becomes_the_replacement_character()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.jsonl"), "{\"text\":\"a\\ud800\\n\\u00e9\\ud835\\udcb3\\\"\"}\n");
        Assert.Equal(
            ["a\uFFFD\n\u00e9\ud835\udcb3\""],
            Documents.Read(new InputFile(folder.File("a.jsonl"), "a.jsonl"))
        );
    }

    [Fact]
    public void A_line_beyond_all_measure_is_refused()
    {
        using var text = new MemoryStream(new byte[1 << 20]);
        var fault = Assert.Throws<DataException>(() => new LineReader(text, "big", longest: 1000).TryRead(out _));
        Assert.Equal(DataFault.Unsupported, fault.Fault);
    }
}
