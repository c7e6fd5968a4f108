using System.Text;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Hosting.Caching;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Hosting.Caching;

public sealed class ScriptCacheTests : IDisposable
{
    private static readonly byte[] Code = "code"u8.ToArray();

    private readonly TemporaryFolder folder = new();
    private readonly List<string> told = [];

    public ScriptCacheTests()
    {
        Directory.CreateDirectory(folder.File("cache"));
        Write("sweep.csx", "#load \"lib.csx\"");
        Write("lib.csx", "#load \"inner.csx\"");
        Write("inner.csx", "// inner");
        Write("library.dll", "library");
        Write("neighbour.dll", "neighbour");
        Keep();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_has_not_changed_is_found_with_all_its_texts()
    {
        var found = Find()!;

        Assert.Equal(Code, found.Assembly);
        Assert.Equal("symbols"u8.ToArray(), found.Symbols);
        Assert.Equal([folder.File("library.dll")], found.References);
        Assert.Equal("// inner", found.Sources[folder.File("inner.csx")]);
        Assert.Equal("#load \"lib.csx\"", found.Sources[folder.File("sweep.csx")]);
    }

    [Theory]
    [InlineData("sweep.csx")]
    [InlineData("lib.csx")]
    [InlineData("inner.csx")]
    [InlineData("library.dll")]
    [InlineData("neighbour.dll")]
    public void What_is_made_of_another_text_or_assembly_is_not_found(string changed)
    {
        Write(changed, "otherwise");

        Assert.Null(Find());
    }

    [Theory]
    [InlineData("inner.csx")]
    [InlineData("library.dll")]
    public void What_is_made_of_a_file_that_is_gone_is_not_found(string gone)
    {
        File.Delete(folder.File(gone));

        Assert.Null(Find());
    }

    [Fact]
    public void A_changed_assembly_of_the_same_length_and_time_is_seen()
    {
        var time = File.GetLastWriteTimeUtc(folder.File("library.dll"));
        Write("library.dll", "yrarbil");
        File.SetLastWriteTimeUtc(folder.File("library.dll"), time);

        Assert.Null(Find());
    }

    [Fact]
    public void Another_host_finds_nothing() => Assert.Null(Find(host: "next version"));

    [Fact]
    public void The_same_text_at_another_path_is_another_script()
    {
        Write("copy.csx", "#load \"lib.csx\"");

        Assert.Null(Cache().Find(folder.File("copy.csx"), "#load \"lib.csx\""));
    }

    [Fact]
    public void An_entry_that_is_damaged_anywhere_is_passed_over_and_written_anew()
    {
        var entry = Assert.Single(Entries());
        var whole = File.ReadAllBytes(entry);
        for (var at = 0; at < whole.Length; at += 7)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            File.WriteAllBytes(entry, damaged);
            Assert.Null(Find());
        }
        foreach (var length in (int[])[0, 10, 60, whole.Length - 1])
        {
            File.WriteAllBytes(entry, whole[..length]);
            Assert.Null(Find());
        }

        Keep();

        Assert.Equal(whole, File.ReadAllBytes(entry));
        Assert.NotNull(Find());
    }

    [Fact]
    public void An_entry_of_another_script_under_this_ones_name_is_passed_over()
    {
        var own = Assert.Single(Entries());
        Write("other.csx", "// other");
        Keep("other.csx");
        File.Copy(Entries().Single(file => file != own), own, overwrite: true);

        Assert.Null(Find());
    }

    [Fact]
    public void What_was_written_while_it_was_compiled_is_not_kept()
    {
        File.Delete(Assert.Single(Entries()));
        Keep(begun: File.GetLastWriteTimeUtc(folder.File("library.dll")));

        Assert.Empty(Entries());
    }

    [Fact]
    public void The_oldest_beyond_the_most_are_dropped()
    {
        var first = Assert.Single(Entries());
        File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch);
        for (var i = 0; i < ScriptCache.MostEntries; i++)
            File.WriteAllText(folder.File("cache", $"{i}.script"), "");
        Keep("inner.csx");

        Assert.Equal(ScriptCache.MostEntries, Entries().Count);
        Assert.False(File.Exists(first));
    }

    [Fact]
    public void What_cannot_be_kept_is_told_and_costs_no_more()
    {
        Directory.Delete(folder.File("cache"), recursive: true);
        Keep();

        Assert.Contains("could not be kept", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_half_written_is_left() => Assert.All(Entries(), file => Assert.EndsWith(".script", file));

    private List<string> Entries() => [.. Directory.GetFiles(folder.File("cache"))];

    private ScriptCache Cache(string host = "this version") => new(folder.File("cache"), host, told.Add);

    private CompiledScript? Find(string host = "this version") =>
        Cache(host).Find(folder.File("sweep.csx"), File.ReadAllText(folder.File("sweep.csx")));

    private void Keep(string script = "sweep.csx", DateTimeOffset? begun = null)
    {
        var path = folder.File(script);
        string[] loaded = script == "sweep.csx" ? ["sweep.csx", "lib.csx", "inner.csx"] : [script];
        string[] references = script == "sweep.csx" ? [folder.File("library.dll")] : [];
        var compiled = new CompiledScript(
            path,
            Code,
            "symbols"u8.ToArray(),
            references,
            loaded.ToDictionary(file => folder.File(file), file => File.ReadAllText(folder.File(file))),
            UsesTensors: false
        );
        Cache().Keep(File.ReadAllText(path), compiled, begun ?? DateTimeOffset.MaxValue);
    }

    private void Write(string name, string text) => File.WriteAllText(folder.File(name), text, Encoding.UTF8);
}
