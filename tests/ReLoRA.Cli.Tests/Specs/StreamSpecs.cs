using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using ReLoRA.Testing.Hub;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>A dataset that is on a hub, and never whole on the disk.</summary>
[Trait("Category", "Slow")]
public sealed class StreamSpecs : IDisposable
{
    private const int Steps = 300;
    private const int Budget = 60_000;

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder straight = new();
    private readonly LocalHub hub = new();

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
        straight.Dispose();
    }

    [Fact]
    public void I_can_train_on_a_dataset_of_the_hub_while_its_shards_come_and_go_and_after_the_run_was_killed()
    {
        var whole = Publish();
        Relora.Run(straight, "run", Script(straight, whole), "--threads", "1").ShouldSucceed();
        using var stream = Relora.Start(
            folder,
            new Dictionary<string, string> { ["HF_ENDPOINT"] = hub.Address, ["HF_HUB_OFFLINE"] = "" },
            ["data", "pull", "lab/english", "--stream", "--output", "streamed", "--budget", $"{Budget / 1000}kB"]
        );
        while (!File.Exists(folder.File("streamed", "manifest.json")))
        {
            Assert.False(stream.HasExited, "the stream ended before its manifest");
            Thread.Sleep(20);
        }
        var script = Script(folder, folder.File("streamed"));
        using (var killed = Relora.Start(folder, "run", script, "--jobs", "1", "--threads", "1"))
        {
            var cell = SmallSweep.WaitForStep(folder, killed, Steps / 2);
            Relora.Kill("KILL", CellStatus.Read(cell.StatusPath)!.ProcessId);
            killed.Wait();
        }
        var most = 0L;
        using (var resumed = Relora.Start(folder, "run", script, "--jobs", "1", "--threads", "1"))
        {
            while (!resumed.HasExited)
            {
                most = Math.Max(most, BytesOfShards());
                Thread.Sleep(20);
            }
            resumed.Wait().ShouldSucceed();
        }
        Assert.InRange(most, 1, Budget);
        stream.Signal("INT");
        Assert.Equal(130, stream.Wait().ExitCode);
        Assert.Equal(Losses(straight), Losses(folder));
        Assert.True(hub.AskedForFiles.Count > 2 * (Budget / (2 * 129 * 50)), "few shards were asked for");
    }

    private static List<string> Losses(TemporaryFolder folder) =>
        [
            .. SmallSweep
                .Logs(folder)
                .SelectMany(log => log.Records<StepRecord>())
                .Select(step => FormattableString.Invariant($"{step.Step} {step.Loss:R}"))
                .Order(StringComparer.Ordinal),
        ];

    private long BytesOfShards() =>
        Directory
            .EnumerateFiles(folder.File("streamed"), "tokens-*", SearchOption.AllDirectories)
            .Select(path => new FileInfo(path))
            .Where(file => file.Exists)
            .Sum(file => file.Length);

    private string Publish()
    {
        var whole = straight.File("whole");
        var english = Repository.PathOf("datasets", "english");
        Relora
            .Run(
                straight,
                [
                    "data",
                    "build",
                    Path.Combine(english, "text"),
                    "--tokenizer",
                    Path.Combine(english, "tokenizer.json"),
                    "--sequence",
                    "128",
                    "--rows-per-shard",
                    "50",
                    "--output",
                    whole,
                ]
            )
            .ShouldSucceed();
        foreach (var file in Directory.EnumerateFiles(whole))
            hub.Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        return whole;
    }

    private static string Script(TemporaryFolder folder, string corpus) =>
        SmallSweep.Write(
            folder,
            $"start = start with {{ Data = start.Data with {{ Train = \"{corpus}\", Order = DataOrder.AsStored }} }};",
            steps: Steps
        );
}
