using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

[Trait("Category", "Slow")]
public sealed class ProbeSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_figure_of_mine_that_throws_is_told_with_its_script_line()
    {
        const string probes = """

                .Probe(Measure("deep", every: 20, p => Deep(p.Weight.Rows)))
                .Probe(Measure("none", every: 20, p => p.StepUpdate.Tensor.sum().item<double>()))
                .Probe(Measure("wide", every: 20, p => new ProbeTable(["a", "b"], [[1]])))
            """;
        var script = SmallSweep.Write(
            folder,
            change: """double Deep(long rows) => throw new InvalidOperationException($"{rows} rows");""",
            calls: probes
        );

        var result = Relora.Run(folder, "run", script);

        result.ShouldSucceed();
        var line = Line(script, "Sweep(");
        const string start = "failed after step 0 (step) and is off: small.csx";
        string[] notes =
        [
            $"probe deep {start}:{line - 1}: InvalidOperationException: 16 rows",
            $"probe none {start}:{line + 2}: layers.0.attention.q_proj has no numbers here: no update yet. Where its Finding is not empty, return double.NaN.",
            $"probe wide {start}:{line + 3}: Row 0 of the table has 1 numbers; it has 2 columns: a, b.",
        ];
        foreach (var log in SmallSweep.Logs(folder))
            Assert.Equal(notes, Notes(log));
        Assert.All(notes, note => Assert.Contains(note, result.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("p => { while (true) { } }", 0, "it had no result after 1 s, its limit")]
    [InlineData(
        "p => { while (p.Step >= 15) p.Weight.Norm(); return 1; }",
        15,
        "it had no result after 1 s, its limit"
    )]
    [InlineData(
        "p => { while (true) p.Gradient.Tensor.mm(p.Weight.Tensor.t()); }",
        0,
        "it had no result after 1 s, its limit"
    )]
    [InlineData(
        "p => { TorchSharp.torch.linalg.svdvals(TorchSharp.torch.ones(6000, 6000)); return p.Step < 60 ? 0 : 1; }",
        0,
        "it had no result after 1 s, its limit"
    )]
    public void A_figure_that_never_returns_is_left_behind_and_the_run_goes_on(string figure, int step, string reason)
    {
        var script = SmallSweep.Write(
            folder,
            calls: $"""
            .Probe(Measure("runaway", every: 15, aroundResets: false, limit: 1, figure: {figure}), Gini(every: 20, aroundResets: false))
            """
        );

        using var command = Relora.Start(folder, "run", script);
        var result = command.Wait();

        result.ShouldSucceed();
        var note =
            $"probe runaway failed after step {step} (step) and is off: small.csx:{Line(script, "Sweep(")}: {reason}";
        Assert.Contains(note, result.ToString(), StringComparison.Ordinal);
        Assert.Contains("goes on without it in a new process", result.ToString(), StringComparison.Ordinal);
        foreach (var log in SmallSweep.Logs(folder))
        {
            Assert.True(log.IsFinished);
            Assert.Equal([note], Notes(log));
            Assert.Equal(
                Enumerable.Range(1, SmallSweep.Steps),
                log.Records<StepRecord>().Select(record => (int)record.Step)
            );
            Assert.Equal(
                [0, 20, 40, 60],
                log.Records<ProbeRecord>()
                    .Where(record => record.Name == "gini/weight")
                    .Select(record => (int)record.Step)
            );
        }
        Assert.Empty(Processes());
    }

    [Theory]
    [InlineData("new double[1 << 20]", 0)]
    [InlineData("Enumerable.Repeat(1.5, 1 << 20).ToArray()", 15)]
    public void A_figure_that_takes_all_memory_is_left_behind_too(string more, int step)
    {
        var script = SmallSweep.Write(
            folder,
            calls: $$"""
            .Probe(Measure("hoard", every: 15, aroundResets: false,
                figure: p => { var all = new List<double[]>(); while (p.Step >= {{step}}) all.Add({{more}}); return all.Count; }))
            """
        );

        var result = Relora.Run(folder, "run", script);

        result.ShouldSucceed();
        var note =
            $"probe hoard failed after step {step} (step) and is off: small.csx:{Line(script, "Sweep(")}: it took more than 2048 MiB of memory, its limit";
        foreach (var log in SmallSweep.Logs(folder))
        {
            Assert.True(log.IsFinished);
            Assert.Equal([note], Notes(log));
        }
        Assert.Empty(Processes());
    }

    private static int Line(string script, string text) =>
        1 + Array.FindIndex(File.ReadAllLines(script), line => line.StartsWith(text, StringComparison.Ordinal));

    private static IEnumerable<string> Notes(RunLog log) =>
        log.Records<NoteRecord>()
            .Select(note => note.Text)
            .Where(text => text.StartsWith("probe ", StringComparison.Ordinal));

    /// <summary>The processes of this machine that work in the folder.</summary>
    private IEnumerable<string> Processes() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(Command)
            .Where(command => command.Contains(folder.Path, StringComparison.Ordinal));

    private static string Command(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
