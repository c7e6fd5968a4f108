using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Runs;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_replaces_and_leaves_nothing_else()
    {
        var path = _folder.File("a", "status.json");
        AtomicFile.Write(path, "first, longer");
        AtomicFile.Write(path, "second é");
        Assert.Equal("second é"u8.ToArray(), File.ReadAllBytes(path));
        Assert.Equal(["status.json"], Directory.GetFiles(_folder.File("a")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_failed_replacement_leaves_the_old_and_nothing_else()
    {
        Directory.CreateDirectory(_folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(_folder.File("taken"), "x"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_reader_sees_one_content_or_the_other()
    {
        var path = _folder.File("status.json");
        var contents = new[] { new string('a', 10_000), new string('b', 20_000) };
        AtomicFile.Write(path, contents[0]);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
                AtomicFile.Write(path, contents[i % 2]);
        });
        while (!writing.IsCompleted)
            Assert.Contains(await File.ReadAllTextAsync(path), contents);
        await writing;
    }

    [Fact]
    public void Writers_at_the_same_time_do_not_disturb_each_other()
    {
        var path = _folder.File("status.json");
        Parallel.For(0, 200, i => AtomicFile.Write(path, $"content {i % 10}"));
        Assert.Matches("^content [0-9]$", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }
}
