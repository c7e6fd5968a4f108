using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Dynamics;

[Collection(DefaultGenerator.Collection)]
public sealed class ProbesTests : IDisposable
{
    private static readonly ProbeConfig Update = new()
    {
        Of = ProbeTarget.CumulativeUpdate,
        Every = 10,
        Layers = "*.attention.*",
    };

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.Exact) with { Probes = [Update] };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Probes_measure_at_both_ends_every_so_many_steps_and_on_both_sides_of_a_reset()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SmallRuns.Work(cell);

        Assert.Equal(
            [
                "0 step",
                "8 before_reset",
                "8 after_reset",
                "10 step",
                "16 before_reset",
                "16 after_reset",
                "20 step",
                "24 before_reset",
                "24 after_reset",
                "30 step",
            ],
            Records(cell).Select(record => $"{record.Step} {record.Moment}")
        );
    }

    [Fact]
    public void The_cumulative_update_is_zero_before_the_first_step_and_of_the_adapters_rank_in_the_first_cycle()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SmallRuns.Work(cell);

        var records = Records(cell);
        Assert.All(records[0].Values, value => Assert.Equal("zero matrix", value.Finding));
        Assert.All(records[1].Values, value => Assert.StartsWith("rank deficient (4 of", value.Finding));
        Assert.Equal(8, records[0].Values.Count);
        Assert.All(records[0].Values, value => Assert.Contains(".attention.", value.Layer, StringComparison.Ordinal));
    }

    [Fact]
    public void An_exact_reset_leaves_the_effective_weight_as_it_was()
    {
        var cell = SmallRuns.Cell(folder, Config);
        SmallRuns.Work(cell);

        // The merge rounds W + sBA to 32 bits; the effective rank moves by no more than a few of those roundings.
        const double rounding = 1e-5;
        var records = Records(cell);
        Assert.All(
            records[1].Values.Zip(records[2].Values),
            pair => Assert.Equal(pair.First.Value, pair.Second.Value, rounding)
        );
    }

    [Fact]
    public void A_probe_that_throws_is_switched_off_and_noted_and_the_run_and_other_probes_go_on()
    {
        var cell = SmallRuns.Cell(folder, Config);
        var throwing = new ThrowingProbe(from: 2);
        Train(cell, [throwing, new CatalogueProbe(Update)]);

        var log = RunLogReader.Read(cell.LogPath);
        Assert.True(log.IsFinished);
        Assert.Equal(10, Records(cell).Count(record => record.Name == Update.Name));
        Assert.Equal(2, Records(cell).Count(record => record.Name == throwing.Config.Name));
        Assert.Equal(
            "probe condition_number/weight failed after step 2 (step) and is off: InvalidOperationException: no such figure",
            Assert.Single(Notes(log))
        );
    }

    [Fact]
    public void A_figure_of_a_script_sees_each_linear_and_one_that_throws_costs_only_itself()
    {
        ProbeConfig[] probes =
        [
            new()
            {
                Metric = ProbeMetric.Script,
                Figure = "norm",
                Layers = "*.k_proj",
            },
            new() { Metric = ProbeMetric.Script, Figure = "bad" },
            new() { Metric = ProbeMetric.Script, Figure = "gone" },
        ];
        var cell = SmallRuns.Cell(folder, Config with { Probes = EquatableList.Create<ProbeConfig>(probes) });

        CellWorker.Work(cell, new StopSignal(), TimeProvider.System, _ => new Figures());

        var log = RunLogReader.Read(cell.LogPath);
        Assert.True(log.IsFinished);
        Assert.Equal(
            [
                "probe bad failed after step 0 (step) and is off: InvalidOperationException: 16 x 16",
                "probe gone failed after step 0 (step) and is off: no gone",
            ],
            Notes(log)
        );
        var records = Records(cell);
        Assert.Equal(8, records.Count);
        Assert.All(records, record => Assert.Equal(("norm", "script"), (record.Metric, record.Of)));
        Assert.All(records[0].Values, value => Assert.Equal(0, value.Value));
        Assert.All(records[^1].Values, value => Assert.InRange(value.Value, 1e-3, 10));
        Assert.Equal(
            ["layers.0.attention.k_proj", "layers.1.attention.k_proj"],
            records[0].Values.Select(value => value.Layer)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_figure_that_is_given_up_costs_itself_alone_and_the_next_sitting_ends_as_a_straight_run(bool isUrgent)
    {
        var cell = SmallRuns.Cell(folder, Config);
        var straight = SmallRuns.Cell(folder, Config, "straight");
        SmallRuns.Work(straight);
        var probes = Config with
        {
            Probes = [Update, new ProbeConfig { Metric = ProbeMetric.Script, Figure = "gone" }],
        };
        File.WriteAllText(cell.ConfigPath, ConfigJson.Write(probes));
        RunOutcome Sit() =>
            CellWorker.Work(cell, new StopSignal(), TimeProvider.System, _ => new GivenUp(from: 14, isUrgent));

        // Both ends, resets and every other step of it are measured: step 16 is the first reset after step 14.
        Assert.Equal(RunOutcome.Handover, Sit());
        Assert.Equal(RunOutcome.Finished, Sit());

        var log = RunLogReader.Read(cell.LogPath);
        Assert.Equal(
            "probe gone failed after step 16 (before_reset) and is off: here:7: no end",
            Assert.Single(Notes(log))
        );
        Assert.Equal(
            RunLogReader.Read(straight.LogPath).Records<StepRecord>().Select(step => (step.Step, step.Loss)),
            log.Records<StepRecord>().Select(step => (step.Step, step.Loss))
        );
        Assert.Equal(
            Records(straight).Select(record => (record.Step, record.Moment, record.Values[0].Value)),
            Records(cell)
                .Where(record => record.Name == Update.Name)
                .Select(record => (record.Step, record.Moment, record.Values[0].Value))
        );
    }

    [Fact]
    public void Live_tensors_do_not_grow_with_measurements()
    {
        var cell = SmallRuns.Cell(folder, Config);
        var live = new Dictionary<long, long>();
        Train(cell, [new CatalogueProbe(Update)], state => live[state.Step] = LiveTensors.Count);
        Assert.Equal(live[11], live[29]);
    }

    [Fact]
    public void The_names_that_patterns_are_checked_against_are_those_of_the_model()
    {
        using var model = Core.Models.ModelFactory.Create(Config, TorchSharp.torch.CPU);
        Assert.Equal(model.Linears.Select(linear => linear.Name), LayerPattern.Names(Config.Model));
    }

    [Fact]
    public void A_figure_that_is_given_up_at_the_step_of_a_pause_is_handed_over_and_the_next_sitting_pauses()
    {
        var cell = SmallRuns.Cell(folder, Config);
        var probes = Config with
        {
            Probes =
            [
                new ProbeConfig
                {
                    Metric = ProbeMetric.Script,
                    Figure = "gone",
                    Every = 7,
                },
            ],
        };
        File.WriteAllText(cell.ConfigPath, ConfigJson.Write(probes));
        var settings = ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath));
        File.WriteAllText(cell.ExecutionPath, (settings with { PauseAt = 14 }).Write());
        RunOutcome Sit() =>
            CellWorker.Work(cell, new StopSignal(), TimeProvider.System, _ => new GivenUp(from: 14, isUrgent: false));

        Assert.Equal(RunOutcome.Handover, Sit());
        Assert.Equal(14, CellStatus.Read(cell.StatusPath)!.Step);
        Assert.Equal(RunOutcome.Paused, Sit());
    }

    private static List<ProbeRecord> Records(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<ProbeRecord>()];

    private static void Train(CellFolder cell, IReadOnlyList<IProbe> probes, Action<TrainingState>? progress = null)
    {
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs, null, probes);
        using var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), inputs.Config);
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var store = new CheckpointStore(cell.CheckpointsPath);
        var trainer = new Trainer(cell.Id, parts, log, store, TimeProvider.System);
        trainer.Run(TrainingState.Start, batches, new StopSignal(), progress ?? (_ => { }));
    }

    private sealed class ThrowingProbe(int from) : IProbe
    {
        private int calls;

        public ProbeConfig Config { get; } = new() { Metric = ProbeMetric.ConditionNumber, Every = 1 };

        public IReadOnlyList<ProbeValue> Measure(ProbedMoment moment) =>
            calls++ < from
                ? [new ProbeValue("layers.0", 1, "")]
                : throw new InvalidOperationException("no such figure");
    }

    private sealed class Figures : IScriptFigures
    {
        public Func<ProbedLinear, ProbeFigure> Find(string probe) =>
            probe switch
            {
                "norm/*.k_proj" => linear => new ProbeFigure(linear.Update.Norm()),
                "bad" => linear =>
                    throw new InvalidOperationException($"{linear.Weight.Rows} x {linear.Weight.Columns}"),
                _ => throw new UserFaultException($"no {probe}"),
            };
    }

    private sealed class GivenUp(long from, bool isUrgent) : IScriptFigures
    {
        public Func<ProbedLinear, ProbeFigure> Find(string probe) =>
            linear => linear.Step >= from ? throw new FigureAbandonedException("no end", isUrgent) : new ProbeFigure(1);

        public string Place(string probe, Exception fault) => "here:7";
    }

    private static IEnumerable<string> Notes(RunLog log) =>
        log.Records<NoteRecord>()
            .Select(note => note.Text)
            .Where(text => text.StartsWith("probe ", StringComparison.Ordinal));
}
