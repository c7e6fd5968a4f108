using System.Diagnostics;
using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class DataConvertSpecs : IDisposable
{
    private static readonly string[] Origin = ["--vocabulary", "512", "--end-of-text", "0"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parquet_becomes_a_dataset_that_is_sound()
    {
        var source = Fixture("arrow-rs-snappy.parquet");

        var converted = Relora.Run(folder, ["data", "convert", source, "--output", "ids", .. Origin]);

        converted.ShouldSucceed();
        Assert.Equal(
            "ids: 7 rows of 5 tokens (35 tokens, uint16) from 1 file(s) of ids, vocabulary 512, 1 shard(s)\n",
            converted.Output
        );
        var verified = ReloraInProcess.Run(folder, "data", "verify", "ids");
        verified.ShouldSucceed();
        Assert.EndsWith(": sound\n", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_said_with_the_remedy()
    {
        var source = Fixture("arrow-rs-snappy.parquet");

        ReloraInProcess
            .Run(folder, "data", "convert", source, "--output", "ids")
            .ShouldBeFault("the vocabulary size and the end-of-text id", "--tokenizer FILE", "--vocabulary N");
        ReloraInProcess
            .Run(folder, ["data", "convert", source, "--output", "ids", "--column", "tokens", .. Origin])
            .ShouldBeFault("no column \"tokens\"", "\"text\", \"input_ids\"", "--column");
        ReloraInProcess
            .Run(folder, "data", "convert", source, "--output", "ids", "--vocabulary", "50", "--end-of-text", "0")
            .ShouldBeFault("arrow-rs-snappy.parquet: row ", "allowed: 0 to 49");
        Assert.False(File.Exists(folder.File("ids", "manifest.json")));
    }

    [Fact]
    public void A_conversion_that_was_killed_goes_on_where_it_was()
    {
        const int Files = 120;
        Directory.CreateDirectory(folder.File("source"));
        for (var number = 0; number < Files; number++)
            ArrowIds.Write(folder.File("source", $"data-{number:D5}-of-{Files:D5}.arrow"), 3, 9, first: number * 3);
        string[] command = ["data", "convert", "source", "--output", "ids", "--threads", "2", .. Origin];

        using (var killed = Relora.Start(folder, command))
        {
            while (ShardCount() < 5 && !killed.HasExited)
                Thread.Sleep(1);
            killed.Signal("KILL");
            killed.Wait();
        }
        Assert.False(File.Exists(folder.File("ids", "manifest.json")));
        ReloraInProcess.Run(folder, "data", "inspect", "ids").ShouldBeFault("run the same relora data convert again");
        var first = File.GetLastWriteTimeUtc(folder.File("ids", "tokens-00000.arrow"));

        Relora.Run(folder, command).ShouldSucceed();

        Assert.Equal(first, File.GetLastWriteTimeUtc(folder.File("ids", "tokens-00000.arrow")));
        command[4] = "straight";
        Relora.Run(folder, command).ShouldSucceed();
        Assert.Equal(
            File.ReadAllBytes(folder.File("straight", "manifest.json")),
            File.ReadAllBytes(folder.File("ids", "manifest.json"))
        );
        ReloraInProcess.Run(folder, "data", "verify", "ids").ShouldSucceed();
    }

    [Fact]
    public void A_full_disk_is_a_message_and_leaves_nothing_that_looks_whole()
    {
        ArrowIds.Write(folder.File("data.arrow"), 3000, 129);
        var relora = Path.Combine(AppContext.BaseDirectory, "relora");
        // No file may grow beyond 200 kB. The runtime's own files in memory count, unless it goes without them.
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f 200; exec '{relora}' data convert data.arrow --output ids {string.Join(' ', Origin)}",
            ]
        )
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        new ReloraResult(process.ExitCode, "", errors).ShouldBeFault("tokens-00000.arrow", "free space");
        Assert.Equal(
            ["convert.journal"],
            Directory.EnumerateFiles(folder.File("ids")).Select(file => Path.GetFileName(file))
        );
    }

    [Fact]
    public void The_manifest_is_printed_as_JSON()
    {
        var result = ReloraInProcess.Run(
            folder,
            ["data", "convert", Fixture("polars-large-list-zstd.arrow"), "--output", "ids", "--json", .. Origin]
        );

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(7, json.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal("unknown", json.RootElement.GetProperty("tokenizer_sha256").GetString());
    }

    private static string Fixture(string name) =>
        Repository.PathOf("tests", "ReLoRA.Data.Tests", "Fixtures", "foreign-ids", name);

    private int ShardCount() =>
        Directory.Exists(folder.File("ids")) ? Directory.EnumerateFiles(folder.File("ids"), "*.arrow").Count() : 0;
}
