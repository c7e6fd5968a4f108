using System.Text;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Shards;

public sealed class ManifestJsonTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var bytes = Manifest(folder);
        Assert.Equal(bytes, ManifestJson.Write(ManifestJson.Parse(bytes, "x")));
    }

    [Fact]
    public void It_holds_neither_paths_nor_times()
    {
        using var folder = new TemporaryFolder();
        Assert.DoesNotContain(folder.Path, Encoding.UTF8.GetString(Manifest(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_typed_fault()
    {
        using var folder = new TemporaryFolder();
        var bytes = Manifest(folder);
        for (var length = 0; length < bytes.Length - 2; length++)
            Assert.Throws<DataException>(() => ManifestJson.Parse(bytes[..length], "x"));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", DataFault.Unsupported)]
    [InlineData("\"format\": 1", "\"format\": \"1\"", DataFault.Damaged)]
    [InlineData("\"rows\": 3,\n  \"tokens\"", "\"rows\": 4,\n  \"tokens\"", DataFault.Damaged)]
    [InlineData("\"tokens\": 15", "\"tokens\": 16", DataFault.Damaged)]
    [InlineData("\"row_length\": 5", "\"row_length\": 1", DataFault.Damaged)]
    [InlineData("\"row_length\": 5", "\"row_length\": null", DataFault.Damaged)]
    [InlineData("\"end_of_text\": 0", "\"end_of_text\": 97", DataFault.Damaged)]
    [InlineData("\"uint16\"", "\"float\"", DataFault.Damaged)]
    [InlineData("\"tokens-00000.arrow\"", "\"../tokens-00000.arrow\"", DataFault.Damaged)]
    [InlineData("\"tokens-00000.arrow\"", "null", DataFault.Damaged)]
    [InlineData("\"rows\": 3,\n      \"bytes\"", "\"rows\": -3,\n      \"bytes\"", DataFault.Damaged)]
    [InlineData("\"documents\": 1,\n", "", DataFault.Damaged)]
    public void A_manifest_that_contradicts_itself_is_a_typed_fault(string old, string changed, DataFault expected)
    {
        using var folder = new TemporaryFolder();
        var text = Encoding.UTF8.GetString(Manifest(folder));
        Assert.Contains(old, text, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal));
        var fault = Assert.Throws<DataException>(() => ManifestJson.Parse(bytes, "some/manifest.json"));
        Assert.Equal(expected, fault.Fault);
        Assert.StartsWith("some/manifest.json", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Manifest(TemporaryFolder folder)
    {
        SmallData.Write(folder, [3]);
        return File.ReadAllBytes(folder.File(DatasetManifest.FileName));
    }
}
