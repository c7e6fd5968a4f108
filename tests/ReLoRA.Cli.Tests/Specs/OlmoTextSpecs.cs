using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Real text and the study's own tokenizer, from JSON lines to a run that was killed.</summary>
[Trait("Category", "Slow")]
public sealed class OlmoTextSpecs : IDisposable
{
    private const int Steps = 200;
    private const int BatchSize = 4;

    private readonly TemporaryFolder straight = new();
    private readonly TemporaryFolder killed = new();

    public void Dispose()
    {
        straight.Dispose();
        killed.Dispose();
    }

    [Fact]
    public void I_can_train_on_real_text_kill_the_run_and_go_on_with_the_batches_that_would_have_come()
    {
        var corpus = Build();
        Relora.Run(straight, "run", Script(straight, corpus)).ShouldSucceed();
        var script = Script(killed, corpus);
        using (var command = Relora.Start(killed, "run", script))
        {
            var cell = SmallSweep.WaitForStep(killed, command, Steps / 2);
            Relora.Kill("KILL", CellStatus.Read(cell.StatusPath)!.ProcessId);
            Assert.Equal(1, command.Wait().ExitCode);
        }
        Assert.False(Assert.Single(SmallSweep.Logs(killed)).IsFinished);

        Relora.Run(killed, "run", script).ShouldSucceed();

        var (expected, resumed) = (Assert.Single(SmallSweep.Logs(straight)), Assert.Single(SmallSweep.Logs(killed)));
        Assert.Contains(
            resumed.Records<NoteRecord>(),
            note => note.Text.StartsWith("resumed after step", StringComparison.Ordinal)
        );
        var steps = Losses(resumed);
        Assert.Equal(Enumerable.Range(1, Steps), steps.Select(step => (int)step.Step));
        Assert.Equal(Losses(expected), steps);
        Assert.True(steps[^1].Loss < steps[0].Loss);
    }

    [Fact]
    public void Batches_from_any_cursor_on_are_those_of_the_unbroken_stream()
    {
        using var data = TokenDataset.Open(Build());
        var reader = new BatchReader(new CorpusSource(new Corpus(data, new RowOrder(42, data.RowCount))), BatchSize);
        var straightOn = new List<TokenBatch>();
        for (var cursor = SampleCursor.Start; straightOn.Count < Steps; cursor = straightOn[^1].Next)
            straightOn.Add(reader.Read(cursor));
        foreach (var step in new[] { 1, 99, 100, 199 })
        {
            using var resumed = new BatchStream(reader, straightOn[step - 1].Next);
            foreach (var batch in straightOn.Skip(step))
                Assert.Equal(batch.Tokens, resumed.Next().Tokens);
        }
    }

    private static List<(long Step, double Loss, double Norm)> Losses(RunLog log) =>
        [.. log.Records<StepRecord>().Select(step => (step.Step, step.Loss, step.GradientNorm))];

    private string Build()
    {
        var text = SharedData.Require("data", "text", "train");
        var tokenizer = SharedData.Require("data", "tokenizers", "olmo-gpt-neox-olmo-dolma-v1_5.tokenizer.json");
        var corpus = straight.File("corpus");
        Relora
            .Run(straight, "data", "build", text, "--tokenizer", tokenizer, "--sequence", "128", "--output", corpus)
            .ShouldSucceed();
        return corpus;
    }

    private static string Script(TemporaryFolder folder, string corpus)
    {
        var path = folder.File("olmo.csx");
        File.WriteAllText(
            path,
            $$"""
            Sweep("olmo", Presets.Nano with
            {
                Model = Presets.Nano.Model with { Width = 16, Layers = 1, HiddenWidth = 24, VocabularySize = 50304 },
                LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 4, ResetEvery = 50 },
                Schedule = new ScheduleConfig { WarmupSteps = 5, RestartWarmupSteps = 2 },
                Data = new DataConfig { BatchSize = {{BatchSize}}, Train = "{{corpus}}" },
                Budget = new BudgetConfig { Tokens = {{Steps}} * {{BatchSize}} * 128 },
                Evaluation = new EvaluationConfig { MaxRows = 2, Perplexity = "{{Path.GetDirectoryName(corpus)}}" },
                Checkpoint = new CheckpointConfig { Every = 40 },
            }).Seeds(count: 1);
            """
        );
        return path;
    }
}
