using ReLoRA.Data.Hub;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Data.Tests.Hub;

public sealed class HubListingTests : IDisposable
{
    private readonly HubBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Files_of_all_pages_come_in_the_order_of_their_paths()
    {
        foreach (var path in new[] { "data/b.bin", "README.md", "a.bin", "data/a c#%.bin", "z" })
            bench.Hub.Add(path, 10);
        bench.Hub.PageSize = 2;

        var listing = await bench.ListAsync();

        Assert.Equal(LocalHub.Commit, listing.Commit);
        Assert.Equal(
            ["README.md", "a.bin", "data/a c#%.bin", "data/b.bin", "z"],
            listing.Files.Select(file => file.Path)
        );
        Assert.All(
            listing.Files,
            file => Assert.Equal(file.Path.EndsWith(".bin", StringComparison.Ordinal), file.Sha256 is not null)
        );
        Assert.Equal(3, bench.Hub.Asked.Count(asked => asked.Target.Contains("/tree/")));
        Assert.Equal("identity", bench.Hub.Asked.First().Headers["accept-encoding"]);
        Assert.StartsWith("relora/", bench.Hub.Asked.First().Headers["user-agent"]);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a//evil")]
    [InlineData("a\\\\evil")]
    [InlineData("a\\u0000evil")]
    [InlineData("\\u001b[2Jevil")]
    public async Task A_path_that_leads_out_of_the_repository_is_refused(string path)
    {
        bench.Hub.Tree = $$"""[{"type":"file","path":"{{path}}","size":1,"oid":"{{LocalHub.Commit}}"}]""";

        await HubBench.RequireFaultAsync(() => bench.PullAsync(), DataFault.Damaged, "evil", "..");

        Assert.Empty(bench.Hub.AskedForFiles);
        Assert.False(Directory.Exists(bench.Folder.File("cache")));
    }

    [Theory]
    [InlineData("""[{"type":"file","path":"a","size":1,"oid":"../../../../../../../../../../evil-evil-evil"}]""")]
    [InlineData("""[{"type":"file","path":"a","size":-1,"oid":"0123456789abcdef0123456789abcdef01234567"}]""")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("<html>")]
    public async Task What_is_no_list_is_a_fault_of_the_network(string tree)
    {
        bench.Hub.Tree = tree;
        await HubBench.RequireFaultAsync(
            bench.ListAsync,
            DataFault.Network,
            "not what a hub answers",
            "8 times in a row"
        );
    }

    [Fact]
    public async Task A_repository_that_is_not_there_or_closed_is_said_with_the_remedy()
    {
        await HubBench.RequireFaultAsync(
            () => bench.Client.ListAsync(bench.Repository with { Name = "absent/absent" }, default),
            DataFault.Network,
            "the dataset absent/absent at revision main",
            "404",
            "--model"
        );
        bench.Hub.Behave = _ => new Misbehaviour { Status = 401 };
        await HubBench.RequireFaultAsync(bench.ListAsync, DataFault.Network, "gated or private", "HF_TOKEN");
        Assert.Equal(2, bench.Hub.Asked.Count);
    }

    [Fact]
    public async Task Names_that_are_none_are_refused_before_anything_is_asked()
    {
        var repository = new HubRepository(RepositoryKind.Model, "../etc", "a/../b");
        await HubBench.RequireFaultAsync(
            () => bench.Client.ListAsync(repository, default),
            DataFault.InvalidValue,
            "OWNER/NAME",
            "--revision"
        );
        Assert.Empty(bench.Hub.Asked);
    }

    [Fact]
    public async Task Offline_nothing_is_asked()
    {
        using var client = new HubClient(bench.Settings with { IsOffline = true }, bench.Patience, bench.Clock);
        await HubBench.RequireFaultAsync(
            () => client.ListAsync(bench.Repository, default),
            DataFault.Network,
            "HF_HUB_OFFLINE"
        );
        Assert.Empty(bench.Hub.Asked);
    }
}
