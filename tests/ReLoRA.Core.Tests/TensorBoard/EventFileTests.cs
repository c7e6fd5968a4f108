using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.TensorBoard;
using ReLoRA.Core.Tests.Checkpoints;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.TensorBoard;

[Collection(DefaultGenerator.Collection)]
public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Events => folder.File("board", EventFile.Name);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_has_the_curves_of_its_log()
    {
        var cell = Cell();

        SmallRuns.Work(cell);

        var log = RunLogReader.Read(cell.LogPath);
        var steps = log.Records<StepRecord>().ToList();
        Assert.Equal(steps.Select(step => (step.Step, (float)step.Loss)), EventReader.Curve(Events, "train/loss"));
        Assert.Equal(
            steps.Select(step => (step.Step, (float)step.LearningRate)),
            EventReader.Curve(Events, "train/learning_rate")
        );
        Assert.Equal(
            steps.Select(step => (step.Step, (float)step.GradientNorm)),
            EventReader.Curve(Events, "train/gradient_norm")
        );
        Assert.Equal(
            log.Records<EvalRecord>().Where(eval => eval.Moment is null).Select(eval => (eval.Step, (float)eval.Loss)),
            EventReader.Curve(Events, "eval/perplexity/loss")
        );
        Assert.Equal(
            log.Records<ResetRecord>().Select(reset => (reset.Step, (float)reset.Jump)),
            EventReader.Curve(Events, "reset/jump")
        );
        var probes = log.Records<ProbeRecord>().ToList();
        Assert.Equal(
            probes
                .Where(probe => probe.Moment == "step")
                .Select(probe => (probe.Step, (float)probe.Values.Average(value => value.Value))),
            EventReader.Curve(Events, $"probe/{probes[0].Name}")
        );
        Assert.Contains($"probe_after_reset/{probes[0].Name}", EventReader.Tags(Events));
        Assert.Contains("eval/perplexity/loss/first", EventReader.Tags(Events));
    }

    [Fact]
    public void A_resumed_run_has_each_point_once_as_a_straight_one_has()
    {
        var straight = Cell("straight");
        SmallRuns.Work(straight);
        var expected = Points();
        var cell = Cell("stopped");
        // After the checkpoint at step 12 and steps of whose points a resume must have no second ones.
        Assert.Throws<KilledException>(() => WorkUntilKilled(cell, step: 17));
        Assert.Equal(17, EventReader.Curve(Events, "train/loss").Count);

        SmallRuns.Work(cell);

        Assert.Equal(expected, Points());
        Assert.Equal(
            [.. Enumerable.Range(1, 30)],
            EventReader.Curve(Events, "train/loss").Select(point => (int)point.Step)
        );
    }

    [Fact]
    public void The_file_is_a_function_of_the_log()
    {
        var cell = Cell();
        SmallRuns.Work(cell);
        var before = File.ReadAllBytes(Events);

        EventFile.Begin(folder.File("again"), RunLogReader.Read(cell.LogPath).Records<LogRecord>()).Dispose();

        Assert.Equal(before, File.ReadAllBytes(folder.File("again", EventFile.Name)));
    }

    [Fact]
    public void Times_go_from_the_runs_start_by_the_seconds_that_were_worked()
    {
        var cell = Cell();

        SmallRuns.Work(cell);

        var run = RunLogReader.Read(cell.LogPath).Run!;
        var start = DateTimeOffset.Parse((string)run.Measured["started"], null).ToUnixTimeMilliseconds() / 1000.0;
        var times = EventReader.Read(Events).Skip(1).Select(one => one.WallTime).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], start, start + 60);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_the_events_and_not_the_run_and_is_told_in_the_log()
    {
        File.WriteAllText(folder.File("board"), "a file where a folder should be");
        var cell = Cell();

        var outcome = SmallRuns.Work(cell);

        Assert.Equal(RunOutcome.Finished, outcome);
        var note = Assert.Single(
            RunLogReader.Read(cell.LogPath).Records<NoteRecord>(),
            note => note.Text.StartsWith("tensorboard: ", StringComparison.Ordinal)
        );
        Assert.Contains("is not written any more", note.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_is_the_same_with_and_without_events()
    {
        var with = Cell("with");
        SmallRuns.Work(with);
        var without = Cell("without", board: false);
        SmallRuns.Work(without);

        RunComparison.AssertSame(with, without);
    }

    [Fact]
    public void Nothing_is_left_alive_or_open()
    {
        SmallRuns.Work(Cell("first"));
        var before = LiveTensors.Count;

        SmallRuns.Work(Cell("second"));

        Assert.Equal(before, LiveTensors.Count);
        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd").Select(path => new FileInfo(path).LinkTarget),
            target => target?.Contains(EventFile.Name, StringComparison.Ordinal) == true
        );
    }

    private static void WorkUntilKilled(CellFolder cell, long step) =>
        SittingRuns.Work(
            cell,
            new CheckpointStore(cell.CheckpointsPath),
            (_, state) =>
            {
                if (state.Step == step)
                    throw new KilledException();
            }
        );

    private List<(string, long, float)> Points() =>
        [
            .. EventReader
                .Tags(Events)
                .Order(StringComparer.Ordinal)
                .SelectMany(tag => EventReader.Curve(Events, tag).Select(point => (tag, point.Step, point.Value))),
        ];

    private CellFolder Cell(string runs = "runs", bool board = true)
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact) with
        {
            Probes = [new ProbeConfig { Metric = ProbeMetric.EffectiveRank, Every = 10 }],
        };
        var cell = SmallRuns.Cell(folder, config, runs);
        if (board)
        {
            var execution = ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath));
            File.WriteAllText(cell.ExecutionPath, (execution with { TensorBoard = folder.File("board") }).Write());
        }
        return cell;
    }
}
