using System.Text.Json;
using ReLoRA.Testing;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class DataPullSpecs : IDisposable
{
    private const string Fixture = "arrow-rs-snappy.parquet";

    private readonly TemporaryFolder folder = new();
    private readonly LocalHub hub = new();

    public DataPullSpecs()
    {
        hub.Files["data/train-00000-of-00001.parquet"] = File.ReadAllBytes(
            Repository.PathOf("tests", "ReLoRA.Data.Tests", "Fixtures", "foreign-ids", Fixture)
        );
        hub.Add("README.md", 50);
    }

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_dataset_is_pulled_and_converted_by_the_command_that_is_named()
    {
        var pulled = Run("data", "pull", "pico/ids", "--exclude", "*.md");

        pulled.ShouldSucceed();
        var lines = pulled.Output.Split('\n');
        Assert.StartsWith($"pico/ids at commit {LocalHub.Commit}: 1 file(s), ", lines[0], StringComparison.Ordinal);
        Assert.Equal(folder.File("cache", "datasets--pico--ids", "snapshots", LocalHub.Commit), lines[1]);
        var next = lines[2].Split(' ').Select(part => part.Trim('\'')).ToList();
        Assert.Equal(["Next:", "relora", "data", "convert"], next[..4]);
        Assert.All(hub.Asked, asked => Assert.Equal("Bearer hf_secret", asked.Authorization));

        Relora
            .Run(folder, ["data", "convert", next[4], "--output", "ids", "--vocabulary", "512", "--end-of-text", "0"])
            .ShouldSucceed();
    }

    [Fact]
    public void A_dry_run_lists_and_faults_are_one_message_without_the_token()
    {
        var listed = Run("data", "pull", "pico/ids", "--dry-run");
        listed.ShouldSucceed();
        Assert.Contains("50  README.md\n", listed.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("cache")));

        var streamed = Run(
            "data",
            "pull",
            "pico/ids",
            "--dry-run",
            "--stream",
            "--output",
            "streamed",
            "--budget",
            "1GB"
        );
        streamed.ShouldSucceed();
        Assert.Equal(listed.Output, streamed.Output);
        Assert.False(Directory.Exists(folder.File("streamed")));

        var absent = Run("data", "pull", "absent/absent", "--model");
        absent.ShouldBeFault("the model absent/absent", "404");
        Assert.DoesNotContain("hf_secret", absent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pull_that_is_stopped_says_so_and_goes_on()
    {
        // The large file's own: the small ones are half there for a moment too.
        var partial = $"{LocalHub.ContentName("big.bin", hub.Add("big.bin", 100_000))}*.partial";
        hub.Behave = asked =>
            asked.Target.EndsWith("big.bin", StringComparison.Ordinal)
                ? new Misbehaviour { Silence = TimeSpan.FromMinutes(5) }
                : null;
        var blobs = folder.File("cache", "datasets--pico--ids", "blobs");
        using (var stopped = Start("data", "pull", "pico/ids"))
        {
            while (!stopped.HasExited && Kept() == 0)
                Thread.Sleep(5);
            stopped.Signal("INT");
            var result = stopped.Wait();
            Assert.True(result.ExitCode == 130, result.ToString());
            Assert.Contains("Run the same command to go on", result.Errors, StringComparison.Ordinal);
        }
        var kept = Kept();
        hub.Behave = _ => null;

        var again = Run("data", "pull", "pico/ids", "--output", "out", "--json");

        again.ShouldSucceed();
        using var json = JsonDocument.Parse(again.Output);
        Assert.Equal("out", json.RootElement.GetProperty("folder").GetString());
        Assert.Equal($"bytes={kept}-", hub.AskedForFiles[^1].Range);
        Assert.Equal(hub.Files["big.bin"], File.ReadAllBytes(folder.File("out", "big.bin")));

        long Kept() =>
            Directory.Exists(blobs)
                ? Directory.EnumerateFiles(blobs, partial).Sum(file => new FileInfo(file).Length)
                : 0;
    }

    private ReloraResult Run(params string[] arguments)
    {
        using var command = Start(arguments);
        return command.Wait();
    }

    private Relora Start(params string[] arguments) =>
        Relora.Start(
            folder,
            new Dictionary<string, string>
            {
                ["HF_ENDPOINT"] = hub.Address,
                ["HF_HUB_CACHE"] = folder.File("cache"),
                ["HF_TOKEN"] = "hf_secret",
                ["HF_HUB_OFFLINE"] = "",
            },
            arguments
        );
}
