using ReLoRA.Results.Log;
using ReLoRA.Results.Tests.Log;

namespace ReLoRA.Results.Tests.Fixtures;

/// <summary>Every kind in two forms: with all keys that were added after it was first written, and without any of them.</summary>
internal static class EveryForm
{
    public static IReadOnlyList<LogRecord> Old(string cell) =>
        [
            SampleRecords.Run() with
            {
                Cell = cell,
                Measured = new Dictionary<string, object>(),
            },
            SampleRecords.Eval(0),
            SampleRecords.Pairs(0),
            SampleRecords.Task(0) with
            {
                Figures = [new("domain", "novels", "perplexity", 55.5, 12, null)],
            },
            SampleRecords.Probe(0),
            .. Enumerable.Range(1, 70).Select(step => SampleRecords.Step(step)),
            SampleRecords.Spike(),
            SampleRecords.Reset(1),
            new CheckpointRecord { Step = 70, Path = "checkpoints/step_70" },
            new NoteRecord { Text = "stopped by SIGTERM" },
            End("diverged", double.PositiveInfinity),
        ];

    public static IReadOnlyList<LogRecord> Full(string cell) =>
        [
            SampleRecords.Run() with
            {
                Cell = cell,
                OperationsPerToken = 1.5e7,
                Recompute = true,
                Ranks = 2,
            },
            SampleRecords.Eval(0) with
            {
                Moment = "before_reset",
                Domains = [new("fiction", 2.5, 12.25, 3) { RowNats = [2.25, double.NaN, 1e-300] }],
            },
            SampleRecords.Pairs(0) with
            {
                Moment = "after_reset",
                Phenomena = [new("binding", 5, 1, 8) { Term = "binding", Right = "f8" }],
            },
            SampleRecords.Task(0),
            SampleRecords.Probe(0) with
            {
                Values =
                [
                    new("layers.0", 3, "") { Vector = [3, 2, 0.1, 4], Columns = ["largest", "Größe"] },
                    new("layers.1", double.NaN, "zero matrix"),
                ],
            },
            .. Enumerable
                .Range(1, 70)
                .Select(step => SampleRecords.Step(step) with { Skipped = step == 9 ? true : null }),
            SampleRecords.Spike(),
            SampleRecords.FullReset() with
            {
                Layers =
                [
                    new("layers.0", 5e-8, 8)
                    {
                        NormA = 1.5,
                        NormB = 0,
                        StateCleared = 0.99,
                        RuleError = 0.25,
                        Rank = 4,
                        Spectrum = [7.5, 2.5, 0, 1e-12],
                    },
                    new("layers.1", 0, 0),
                ],
            },
            new CheckpointRecord
            {
                Step = 70,
                Path = "checkpoints/step_70",
                Measured = new Dictionary<string, object> { ["bytes"] = 1L << 40, ["seconds"] = 0.5 },
            },
            new NoteRecord
            {
                Text = "two lines,\n\"quoted\", \u4e2d\U0001f600",
                Measured = new Dictionary<string, object> { ["at"] = "2026-01-01T00:00:00Z" },
            },
            End("finished", 3.25) with
            {
                Measured = new Dictionary<string, object> { ["seconds"] = 20.5, ["energy_meter"] = "rapl" },
            },
        ];

    private static EndRecord End(string outcome, double loss) =>
        new()
        {
            Step = 70,
            Tokens = 70 * 8192,
            Outcome = outcome,
            Loss = loss,
        };
}
