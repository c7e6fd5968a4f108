using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

[Trait("Category", "Slow")]
public sealed class EvaluationTaskSpecs : IDisposable
{
    private static readonly string Pairs = Repository.PathOf("datasets", "english", "pairs");
    private static readonly string Tokenizer = Repository.PathOf("datasets", "english", "tokenizer.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_run_is_evaluated_on_is_what_the_command_line_evaluates()
    {
        var script = SmallSweep.Write(folder, calls: Evaluate($$"""[new("blimp", "{{Pairs}}") { Samples = 0 }]"""));

        Relora.Run(folder, "run", script).ShouldSucceed();

        var relora = SmallSweep.Logs(folder).Single(log => log.Run!.Method == "ReLoRA");
        var tasks = relora.Records<TaskRecord>().ToList();
        Assert.Equal(
            [
                (0, "step"),
                (15, "before_reset"),
                (15, "after_reset"),
                (30, "before_reset"),
                (30, "after_reset"),
                (30, "step"),
                (45, "before_reset"),
                (45, "after_reset"),
                (60, "step"),
            ],
            tasks.Select(task => (task.Step, task.Moment))
        );
        Assert.All(tasks, task => Assert.Equal(("blimp", "pairs", 1200), (task.Name, task.Data, task.Items)));
        Assert.Equal(
            [null, "before_reset", "after_reset"],
            relora.Records<EvalRecord>().Take(3).Select(evaluation => evaluation.Moment)
        );
        var cell = SmallSweep.Runs(folder).Cells().Single(cell => cell.LogPath.Contains(relora.Run!.Cell));
        var checkpoint = Directory.GetDirectories(cell.CheckpointsPath).Max(StringComparer.Ordinal)!;

        var told = Relora.Run(folder, "eval", "blimp", checkpoint, "--data", Pairs, "--tokenizer", Tokenizer, "--json");

        told.ShouldSucceed();
        using var json = JsonDocument.Parse(told.Output);
        var figures = tasks[^1].Figures;
        Assert.Equal(
            figures.Single(figure => figure.Group == "overall").Value,
            json.RootElement.GetProperty("overall").GetDouble()
        );
        var byParadigm = json.RootElement.GetProperty("by_paradigm");
        Assert.Equal(12, figures.Count(figure => figure.Group == "paradigm"));
        Assert.All(
            figures.Where(figure => figure.Group == "paradigm"),
            figure => Assert.Equal(figure.Value, byParadigm.GetProperty(figure.Name).GetDouble())
        );
    }

    [Fact]
    public void A_sample_of_each_paradigm_keeps_an_evaluation_short()
    {
        var script = SmallSweep.Write(folder, calls: Evaluate($$"""[new("blimp", "{{Pairs}}") { Samples = 5 }]"""));

        Relora.Run(folder, "run", script).ShouldSucceed();

        Assert.All(
            SmallSweep.Logs(folder).SelectMany(log => log.Records<TaskRecord>()),
            task => Assert.Equal(60, task.Items)
        );
    }

    [Fact]
    public void Tasks_that_cannot_be_evaluated_are_told_before_anything_trains()
    {
        var script = SmallSweep.Write(
            folder,
            calls: Evaluate($$"""[new("blimb", "{{Pairs}}"), new("blimp", "nowhere")]""")
        );

        ReloraInProcess
            .Run(folder, "run", script)
            .ShouldBeFault("Evaluation.Tasks[0].Evaluator", "\"blimb\"", "blimp, perplexity");

        ReloraInProcess
            .Run(folder, "run", SmallSweep.Write(folder, calls: Evaluate("""[new("blimp", "nowhere")]""")))
            .ShouldBeFault("Evaluation.Tasks[0].Data", "nowhere");
        Assert.False(Directory.Exists(folder.File("runs", "cells")));
    }

    private static string Evaluate(string tasks) =>
        $$"""
            .Evaluate(every: 30, aroundResets: true, tokenizer: "{{Tokenizer}}", tasks: {{tasks}})
            """;
}
