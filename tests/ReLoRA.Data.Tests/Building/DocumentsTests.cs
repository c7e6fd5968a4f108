using System.IO.Compression;
using System.Text;
using ReLoRA.Data.Building;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class DocumentsTests
{
    [Fact]
    public void A_line_of_JSON_is_a_document_and_blank_lines_are_none()
    {
        Assert.Equal(
            ["one\ntwo", "é"],
            Read("a.jsonl", "{\"text\":\"one\\ntwo\",\"id\":1}\n\n  \n{\"id\":2,\"text\":\"é\"}\n")
        );
    }

    [Fact]
    public void A_text_file_is_one_document() => Assert.Equal(["one\n\ntwo\n"], Read("a.txt", "one\n\ntwo\n"));

    [Fact]
    public void Compressed_lines_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.jsonl.gz");
        File.WriteAllBytes(path, Compressed("{\"text\":\"one\"}\n"));
        Assert.Equal(["one"], Documents.Read(new InputFile(path, "a")));
    }

    [Theory]
    [InlineData("no json", "(2)")]
    [InlineData("[]", "found an array")]
    [InlineData("{\"text\":1}", "found no string called \"text\"")]
    [InlineData("{\"body\":\"x\"}", "(2)")]
    public void A_line_that_is_no_document_is_named_by_its_number(string line, string named)
    {
        var fault = Assert.Throws<DataException>(() => Read("a.jsonl", $"{{\"text\":\"good\"}}\n{line}\n"));
        Assert.Equal(DataFault.Damaged, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.jsonl")]
    public void Text_that_is_no_UTF8_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File(name), [0x7B, 0xE9, 0x7D]);
        var fault = Assert.Throws<DataException>(() => Documents.Read(new InputFile(folder.File(name), name)).ToList());
        Assert.Equal(DataFault.Damaged, fault.Fault);
        Assert.Contains("UTF-8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_gzip_is_refused()
    {
        var fault = Assert.Throws<DataException>(() => Read("a.jsonl.gz", "{\"text\":\"one\"}\n"));
        Assert.Contains("gzip", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_a_typed_fault()
    {
        using var folder = new TemporaryFolder();
        var whole = Compressed(
            string.Concat(Enumerable.Range(0, 200).Select(number => $"{{\"text\":\"{number * 7919}\"}}\n"))
        );
        var path = folder.File("cut.jsonl.gz");
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<DataException>(() => Documents.Read(new InputFile(path, "cut")).ToList());
        }
    }

    private static List<string> Read(string name, string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), content);
        return [.. Documents.Read(new InputFile(folder.File(name), name))];
    }

    private static byte[] Compressed(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }
}
