using System.Formats.Tar;
using System.IO.Compression;
using ReLoRA.Core.Evaluation.Blimp;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Data;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Items;

public sealed class PackedFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".zip")]
    [InlineData(".tar.gz")]
    [InlineData(".tgz")]
    public void Folder_and_archives_give_the_same_lines_in_the_same_order(string ending)
    {
        var lines = JsonLines.Read(Suite(ending)).ToList();

        Assert.Equal(["a", "b", "c", "d"], lines.Select(line => line.Text("text")));
        Assert.EndsWith("data/one.jsonl:3", lines[1].Place.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".zip")]
    [InlineData(".tar.gz")]
    public void A_damaged_archive_is_told_wherever_it_was_cut(string ending)
    {
        var whole = File.ReadAllBytes(Suite(ending));
        var path = folder.File("cut" + ending);
        foreach (
            var length in Enumerable.Range(0, 20).Select(part => whole.Length * part / 20).Append(whole.Length - 1)
        )
        {
            File.WriteAllBytes(path, whole[..length]);
            var fault = Assert.Throws<DataException>(() => JsonLines.Read(path).Count());
            Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_holds_nothing_or_is_nothing_that_is_read_is_told()
    {
        using (ZipFile.Open(folder.File("empty.zip"), ZipArchiveMode.Create)) { }
        File.WriteAllText(folder.File("a.txt"), "");
        File.WriteAllBytes(folder.File("latin.jsonl"), [.. "{}\n{\"text\": \""u8, 0xE4, .. "\"}"u8]);

        Assert.Contains("empty.zip holds no minimal pairs", Fault("empty.zip"), StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Fault("absent"), StringComparison.Ordinal);
        Assert.Contains("a.txt is not a kind of file that is read", Fault("a.txt"), StringComparison.Ordinal);
        Assert.Contains(
            "latin.jsonl(2): no UTF-8",
            Assert.Throws<DataException>(() => JsonLines.Read(folder.File("latin.jsonl")).Count()).Message,
            StringComparison.Ordinal
        );

        string Fault(string name) =>
            Assert.Throws<UserFaultException>(() => new BlimpEvaluator().Open(Sources.Of(folder.File(name)))).Message;
    }

    private string Suite(string ending)
    {
        var root = folder.File("suite");
        Directory.CreateDirectory(Path.Combine(root, "data"));
        File.WriteAllText(Path.Combine(root, "data", "one.jsonl"), "\uFEFF{\"text\": \"a\"}\n\r\n{\"text\": \"b\"}");
        File.WriteAllText(Path.Combine(root, "data", "two.jsonl"), "{\"text\": \"c\"}\r\n");
        File.WriteAllText(Path.Combine(root, "data", "._two.jsonl"), "attributes of another system");
        File.WriteAllText(Path.Combine(root, "readme.txt"), "no lines of JSON");
        using (var gzip = new GZipStream(File.Create(Path.Combine(root, "z.jsonl.gz")), CompressionMode.Compress))
            gzip.Write("{\"text\": \"d\"}"u8);
        var path = folder.File("suite" + ending);
        if (ending == ".zip")
            ZipFile.CreateFromDirectory(root, path);
        else if (ending.Length > 0)
        {
            using var gzip = new GZipStream(File.Create(path), CompressionMode.Compress);
            TarFile.CreateFromDirectory(root, gzip, includeBaseDirectory: false);
        }
        return path;
    }
}
