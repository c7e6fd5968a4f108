using System.Diagnostics;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class DataSpecs : IDisposable
{
    private static readonly string English = Repository.PathOf("datasets", "english");
    private static readonly string Tokenizer = Path.Combine(English, "tokenizer.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_can_kill_a_build_and_go_on_to_the_same_bytes()
    {
        using (var build = Relora.Start(folder, Build("killed")))
        {
            var wait = Stopwatch.StartNew();
            while (!File.Exists(folder.File("killed", "tokens-00005.arrow")) && wait.Elapsed < TimeSpan.FromMinutes(1))
                Thread.Sleep(5);
            build.Signal("KILL");
            build.Wait();
        }
        Assert.False(File.Exists(folder.File("killed", "manifest.json")));
        ReloraInProcess.Run(folder, "data", "verify", "killed").ShouldBeFault("killed", "its build was interrupted");

        var again = Relora.Run(folder, Build("killed"));

        again.ShouldSucceed();
        Assert.Contains("going on after", again.Errors, StringComparison.Ordinal);
        Relora.Run(folder, [.. Build("whole"), "--threads", "1"]).ShouldSucceed();
        Assert.Equal(Contents("whole"), Contents("killed"));
        var verified = ReloraInProcess.Run(folder, "data", "verify", "killed", "--tokenizer", Tokenizer);
        verified.ShouldSucceed();
        Assert.EndsWith(": sound\n", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_one_message_and_leaves_nothing_that_looks_whole()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("there is no ulimit");
        // The limit would also hit the memory file that .NET's write protection of code uses.
        var command = $"""
            ulimit -f 400
            DOTNET_EnableWriteXorExecute=0 exec "$0" data build "$1" --tokenizer "$2" --output full
            """;
        var start = new ProcessStartInfo(
            "sh",
            ["-c", command, Path.Combine(AppContext.BaseDirectory, "relora"), Path.Combine(English, "text"), Tokenizer]
        )
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        new ReloraResult(process.ExitCode, "", errors).ShouldBeFault("tokens-00000.arrow", "free space");
        Assert.Equal(
            ["build.journal", "tokens-00000.arrow.partial"],
            Directory.GetFiles(folder.File("full")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_line_that_is_not_JSON_is_named_and_can_be_skipped()
    {
        var line = "{\"text\": \"" + string.Join(' ', Enumerable.Repeat("the cat sat", 100)) + "\"}";
        File.WriteAllLines(folder.File("text.jsonl"), [line, "no json", line]);
        string[] build = ["data", "build", "text.jsonl", "--tokenizer", Tokenizer, "--output", "out"];

        ReloraInProcess.Run(folder, build).ShouldBeFault("text.jsonl(2): no JSON", "--skip-bad");

        var result = Relora.Run(folder, [.. build, "--skip-bad"]);
        result.ShouldSucceed();
        Assert.EndsWith("1 bad lines left out\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void I_can_see_what_is_in_a_dataset()
    {
        var result = Relora.Run(
            folder,
            "data",
            "inspect",
            Path.Combine(English, "validation", "devil"),
            "--rows",
            "1",
            "--top",
            "1"
        );

        result.ShouldSucceed();
        var lines = result.Output.Split('\n');
        Assert.Contains("of 4,096 ids occur", lines[1], StringComparison.Ordinal);
        Assert.Contains("end here; tokens: shortest", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("\",\"", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("  row 0  \"", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tokenizers_dataset_is_refused_by_verify_and_inspect()
    {
        var data = Path.Combine(English, "validation", "devil");
        File.WriteAllText(folder.File("other.json"), File.ReadAllText(Tokenizer) + "\n");
        foreach (var verb in new[] { "verify", "inspect" })
            ReloraInProcess
                .Run(folder, "data", verb, data, "--tokenizer", "other.json")
                .ShouldBeFault("other.json", "SHA-256");
    }

    private static string[] Build(string output) =>
        [
            "data",
            "build",
            Path.Combine(English, "text", "scripture.train.jsonl.gz"),
            "--tokenizer",
            Tokenizer,
            "--output",
            output,
            "--rows-per-shard",
            "20",
        ];

    private IEnumerable<(string, string)> Contents(string name) =>
        Directory
            .GetFiles(folder.File(name))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file))));
}
