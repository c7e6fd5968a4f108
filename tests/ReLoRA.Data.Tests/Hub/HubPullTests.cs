using ReLoRA.Data.Hub;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubPullTests : IDisposable
{
    private readonly HubBench bench = new();

    public HubPullTests()
    {
        bench.Hub.Add("README.md", 50);
        bench.Hub.Add("data/train-00000-of-00002.parquet", 5000);
        bench.Hub.Add("data/train-00001-of-00002.parquet", 6000);
        bench.Hub.Add("data/deep/test.parquet", 700);
    }

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_cache_is_laid_out_as_Python_does()
    {
        var pulled = await bench.PullAsync();

        Assert.Equal(Path.Combine(bench.RepositoryCache, "snapshots", LocalHub.Commit), pulled.Folder);
        Assert.Equal(LocalHub.Commit, File.ReadAllText(Path.Combine(bench.RepositoryCache, "refs", "main")));
        foreach (var (path, content) in bench.Hub.Files)
        {
            var name = LocalHub.ContentName(path, content);
            Assert.Equal(content, File.ReadAllBytes(Path.Combine(bench.RepositoryCache, "blobs", name)));
            var up = string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/') + 2));
            Assert.Equal($"{up}blobs/{name}", new FileInfo(Path.Combine(pulled.Folder, path)).LinkTarget);
        }
        Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(bench.RepositoryCache, "blobs")).Count());
    }

    [Fact]
    public async Task What_Python_has_fetched_is_not_asked_for()
    {
        var path = "data/train-00000-of-00002.parquet";
        var blobs = Path.Combine(bench.RepositoryCache, "blobs");
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(
            Path.Combine(blobs, LocalHub.ContentName(path, bench.Hub.Files[path])),
            bench.Hub.Files[path]
        );

        await bench.PullAsync();
        Assert.DoesNotContain(
            bench.Hub.AskedForFiles,
            asked => asked.Target.EndsWith("train-00000-of-00002.parquet", StringComparison.Ordinal)
        );
        Assert.Equal(3, bench.Hub.AskedForFiles.Count);

        var again = await bench.PullAsync();
        Assert.Equal(3, bench.Hub.AskedForFiles.Count);
        Assert.Equal(0, again.BytesNow);
    }

    [Fact]
    public async Task Patterns_choose_and_stars_cross_folders()
    {
        Assert.Equal(["data/deep/test.parquet"], await Chosen(["*test*"], []));
        Assert.Equal(["data/train-00001-of-00002.parquet"], await Chosen(["data/train-*"], ["*-00000-*"]));
        Assert.Equal(["README.md", "data/deep/test.parquet"], await Chosen(["README.md", "data/deep/"], []));
        await HubBench.RequireFaultAsync(
            () => Chosen(["*.arrow"], []),
            DataFault.Missing,
            "Its 4 files",
            "README.md",
            "--dry-run"
        );
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_options_is_said_at_once()
    {
        var options = new HubPullOptions
        {
            Repository = new HubRepository(RepositoryKind.Dataset, "a/b/c", ""),
            Threads = 0,
            Include = [""],
        };
        await HubBench.RequireFaultAsync(
            () => HubPull.SelectAsync(options, bench.Client),
            DataFault.InvalidValue,
            "a/b/c",
            "--revision",
            "--threads",
            "--include"
        );
    }

    [Fact]
    public async Task The_output_gets_the_files_and_may_be_filled_again()
    {
        var output = bench.Folder.File("out");
        await bench.PullAsync(options => options with { Output = output });
        var pulled = await bench.PullAsync(options => options with { Output = output });

        Assert.Equal(output, pulled.Folder);
        foreach (var (path, content) in bench.Hub.Files)
            Assert.Equal(content, File.ReadAllBytes(Path.Combine(output, path)));
        Assert.Equal(4, Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_file_of_anothers_in_the_output_is_not_replaced()
    {
        Directory.CreateDirectory(bench.Folder.File("out"));
        File.WriteAllText(bench.Folder.File("out", "README.md"), "mine");

        await HubBench.RequireFaultAsync(
            () => bench.PullAsync(options => options with { Output = bench.Folder.File("out") }),
            DataFault.Exists,
            "README.md",
            "--output"
        );

        Assert.Empty(bench.Hub.AskedForFiles);
        Assert.Equal("mine", File.ReadAllText(bench.Folder.File("out", "README.md")));
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_said_before_anything_is_fetched()
    {
        bench.Hub.Tree = $$"""[{"type":"file","path":"a","size":{{long.MaxValue}},"oid":"{{LocalHub.Commit}}"}]""";
        await HubBench.RequireFaultAsync(
            () => bench.PullAsync(),
            DataFault.Unreadable,
            "9,223,372,036,854,775,807 bytes are needed",
            "HF_HUB_CACHE"
        );
        Assert.Empty(bench.Hub.AskedForFiles);
    }

    [Fact]
    public async Task After_a_fault_nothing_new_begins_and_complete_files_stay()
    {
        bench.Hub.Behave = asked =>
            asked.IsFile && asked.Target.Contains("deep") ? new Misbehaviour { Status = 404 } : null;

        await HubBench.RequireFaultAsync(
            () => bench.PullAsync(options => options with { Threads = 1 }),
            DataFault.Network,
            "data/deep/test.parquet"
        );

        Assert.Equal(2, bench.Hub.AskedForFiles.Count);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(bench.RepositoryCache, "snapshots", LocalHub.Commit)));
        Assert.False(Directory.Exists(Path.Combine(bench.RepositoryCache, "refs")));
    }

    [Fact]
    public async Task Pulls_at_once_fetch_every_file_once()
    {
        bench.Hub.Behave = asked => asked.IsFile ? new Misbehaviour { Silence = TimeSpan.FromMilliseconds(50) } : null;

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() => bench.PullAsync(options => options with { Output = bench.Folder.File("out") }))
                )
        );

        Assert.Equal(4, bench.Hub.AskedForFiles.Count);
    }

    [Fact]
    public async Task Files_of_one_content_are_one_download()
    {
        bench.Hub.Files["copy.parquet"] = bench.Hub.Files["data/deep/test.parquet"];
        var pulled = await bench.PullAsync();
        Assert.Equal(4, bench.Hub.AskedForFiles.Count);
        Assert.Equal(bench.Hub.Files["copy.parquet"], File.ReadAllBytes(Path.Combine(pulled.Folder, "copy.parquet")));
    }

    [Fact]
    public async Task Progress_tells_what_was_kept_from_what_arrived()
    {
        var path = "data/train-00000-of-00002.parquet";
        var content = bench.Hub.Files[path];
        var blobs = Path.Combine(bench.RepositoryCache, "blobs");
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(Path.Combine(blobs, LocalHub.ContentName(path, content) + ".partial"), content[..2000]);
        var states = new List<HubPullProgress>();

        await HubPull.RunAsync(
            new HubPullOptions { Repository = bench.Repository },
            bench.Client,
            bench.Settings,
            bench.Clock,
            states.Add
        );

        Assert.Equal(new HubPullProgress(4, 4, 11_750, 11_750, 9750, 0), states[^1]);
        Assert.All(states, state => Assert.InRange(state.BytesDone, state.BytesNow, state.Bytes));
    }

    private async Task<IEnumerable<string>> Chosen(string[] include, string[] exclude)
    {
        var options = new HubPullOptions
        {
            Repository = bench.Repository,
            Include = include,
            Exclude = exclude,
        };
        return (await HubPull.SelectAsync(options, bench.Client)).Files.Select(file => file.Path);
    }
}
