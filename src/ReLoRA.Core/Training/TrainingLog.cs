using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.TensorBoard;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Training;

/// <summary>Turns what happens in a run into records. Everything measured by a clock goes under <c>measured</c>.</summary>
public sealed class TrainingLog : IDisposable
{
    private readonly RunLogWriter? writer;
    private readonly RunConfig config;
    private readonly EventFile? events;
    private bool toldOfEvents;

    /// <summary>Logs to a writer, which it owns.</summary>
    /// <param name="writer">The log.</param>
    /// <param name="config">The run.</param>
    /// <param name="events">Receives the same for TensorBoard; owned too. Default: null, nothing does.</param>
    public TrainingLog(RunLogWriter writer, RunConfig config, EventFile? events = null) =>
        (this.writer, this.config, this.events) = (writer, config, events);

    private TrainingLog(RunConfig config) => this.config = config;

    /// <summary>The log of a process whose run another one logs: nothing is written.</summary>
    /// <param name="config">The run.</param>
    public static TrainingLog Silent(RunConfig config) => new(config);

    /// <summary>Length of the log, at which a checkpoint lets a resume cut it.</summary>
    public long Position => writer?.Position ?? 0;

    /// <summary>The first record: what is run, on what.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Hashes of the datasets.</param>
    /// <param name="execution">Threads, device, micro-batch.</param>
    /// <param name="started">The time of day.</param>
    /// <param name="cost">What a token costs at first.</param>
    public void Run(
        string cell,
        Decoder model,
        DatasetHashes data,
        ExecutionSettings execution,
        DateTimeOffset started,
        TrainingCost? cost = null
    ) => Append(RunDescription.Of(cell, config, model, data, execution, started, cost));

    /// <summary>One update.</summary>
    /// <param name="state">How far the run is after it.</param>
    /// <param name="learningRate">The rate in force for it.</param>
    /// <param name="gradientNorm">L2 norm before clipping.</param>
    /// <param name="isSkipped">Whether it was left out.</param>
    /// <param name="seconds">Time it took.</param>
    /// <param name="exchange">What of it the exchange with other processes took. Default: null, there are none.</param>
    public void Step(
        TrainingState state,
        double learningRate,
        double gradientNorm,
        bool isSkipped,
        double seconds,
        ExchangeTime? exchange = null
    ) =>
        Append(
            new StepRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Loss = state.Loss,
                LearningRate = learningRate,
                GradientNorm = gradientNorm,
                Skipped = isSkipped ? true : null,
                Measured = OfStep(seconds, exchange),
            }
        );

    /// <summary>A spike of the loss that began or ended.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="state">How far the run is.</param>
    public void Spike(LossEvent happened, TrainingState state) =>
        Append(
            new SpikeRecord
            {
                Step = state.Step,
                Phase = happened.Phase,
                First = happened.First,
                Steps = happened.Steps,
                Mean = happened.Mean,
                Deviation = happened.Deviation,
                Loss = happened.Loss,
                Peak = happened.Peak,
            }
        );

    /// <summary>One reset and its proof.</summary>
    /// <param name="outcome">What it did.</param>
    /// <param name="step">Completed updates.</param>
    /// <param name="number">Its number.</param>
    /// <param name="rates">The learning rate of the update before and of the update after it.</param>
    /// <param name="seconds">Time it took, the proof included.</param>
    public void Reset(
        ResetOutcome outcome,
        long step,
        int number,
        (double Before, double After) rates,
        double seconds
    ) =>
        Append(
            new ResetRecord
            {
                Step = step,
                Number = number,
                Semantics = config.LowRank.Semantics.ToString(),
                PreservesFunction = config.LowRank.Semantics.PreservesFunction,
                Jump = outcome.Jump,
                Noise = outcome.Noise,
                JumpBound = ResetBounds.Jump(outcome),
                Lost = outcome.Lost,
                LostBound = ResetBounds.Lost,
                LostTestable = ResetBounds.LostIsTestable(outcome),
                TrainingJump = outcome.TrainingJump,
                MergeError = outcome.MergeError,
                MergeBound = ResetBounds.Merge(config.Precision),
                UpdateNorm = outcome.UpdateNorm,
                StateCleared = outcome.StateCleared,
                GradientA = outcome.GradientA,
                GradientB = outcome.GradientB,
                AdapterRank = outcome.AdapterRank,
                LearningRateBefore = rates.Before,
                LearningRateAfter = rates.After,
                Verdict = ResetBounds.Verdict(outcome, config.Precision),
                Layers = outcome.Layers,
                WeightsHash = outcome.WeightsHash,
                NormA = outcome.NormA,
                NormB = outcome.NormB,
                DeadAdapters = outcome.DeadAdapters.Count > 0 ? string.Join(',', outcome.DeadAdapters) : null,
                Measured = Seconds(seconds),
            }
        );

    /// <summary>One evaluation.</summary>
    /// <param name="result">Its figures.</param>
    /// <param name="moment"><c>step</c>, <c>before_reset</c> or <c>after_reset</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="seconds">Time it took.</param>
    public void Evaluation(PerplexityResult result, string moment, TrainingState state, double seconds) =>
        Append(
            new EvalRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Name = "perplexity",
                Loss = result.Loss,
                Perplexity = result.Perplexity,
                MacroLoss = result.MacroLoss,
                MacroPerplexity = result.MacroPerplexity,
                Domains = result.Domains,
                Moment = BesideReset(moment),
                Measured = Seconds(seconds),
            }
        );

    /// <summary>One evaluation on minimal pairs.</summary>
    /// <param name="result">Its counts.</param>
    /// <param name="moment"><c>step</c>, <c>before_reset</c> or <c>after_reset</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="seconds">Time it took.</param>
    public void Pairs(PairsResult result, string moment, TrainingState state, double seconds) =>
        Append(
            new PairsRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Name = result.Name,
                Accuracy = result.Accuracy,
                Phenomena = result.Phenomena,
                Moment = BesideReset(moment),
                Measured = Seconds(seconds),
            }
        );

    /// <summary>One evaluation on a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="summary">Its figures.</param>
    /// <param name="moment"><c>step</c>, <c>before_reset</c> or <c>after_reset</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="seconds">Time it took.</param>
    public void Task(RunTask task, EvaluationSummary summary, string moment, TrainingState state, double seconds) =>
        Append(
            new TaskRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Name = task.Task.Evaluator,
                Data = task.Data,
                Moment = moment,
                Items = task.Items,
                Figures = [.. summary.Figures.Select(Logged)],
                Measured = Seconds(seconds),
            }
        );

    private static TaskFigure Logged(EvaluationFigure figure) =>
        new(
            figure.Group,
            figure.Name,
            figure.Metric,
            figure.Value,
            figure.Items,
            (figure.Evidence as Evidence.Share)?.Correct
        );

    private static string? BesideReset(string moment) => moment == ProbeMoments.Step ? null : moment;

    /// <summary>One measurement by a probe.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="moment"><c>step</c>, <c>before_reset</c>, <c>after_reset</c>, <c>after_reset+N</c> or <c>rewarmed</c>.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="values">The figures.</param>
    /// <param name="seconds">Time it took.</param>
    public void Probe(
        ProbeConfig probe,
        string moment,
        TrainingState state,
        IReadOnlyList<ProbeValue> values,
        double seconds
    ) =>
        Append(
            new ProbeRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Name = probe.Name,
                Metric = probe.MetricName,
                Of = probe.TargetName,
                Moment = moment,
                Values = values,
                Measured = Seconds(seconds),
            }
        );

    /// <summary>A checkpoint about to be written; it records the log's length after this record.</summary>
    /// <param name="step">Completed updates.</param>
    public void Checkpoint(long step) =>
        Append(new CheckpointRecord { Step = step, Path = FormattableString.Invariant($"checkpoints/step_{step}") });

    /// <summary>The checkpoint is whole. A remark, since a straight and a resumed run have it at different places.</summary>
    /// <param name="saved">Its figures.</param>
    /// <param name="stoodStill">How long training stood still for it, in seconds.</param>
    internal void Saved(SavedCheckpoint saved, double stoodStill) =>
        Append(
            new NoteRecord
            {
                Text = FormattableString.Invariant($"checkpoint step_{saved.Step} is whole"),
                Measured = new Dictionary<string, object>
                {
                    ["step"] = saved.Step,
                    ["bytes"] = saved.Bytes,
                    ["seconds"] = saved.Seconds,
                    ["stood_still_seconds"] = stoodStill,
                },
            }
        );

    /// <summary>Takes over records of another cell's log.</summary>
    /// <param name="records">The records.</param>
    internal void Copy(IEnumerable<LogRecord> records)
    {
        foreach (var record in records)
            Append(record);
    }

    /// <summary>A remark, which no comparison of logs looks at.</summary>
    /// <param name="text">The remark.</param>
    public void Note(string text) => Append(new NoteRecord { Text = text });

    /// <summary>The last record: the cell is finished.</summary>
    /// <param name="state">How far the run came.</param>
    /// <param name="outcome">Finished or diverged.</param>
    /// <param name="meter">The counter of energy; empty where there is none.</param>
    public void End(TrainingState state, RunOutcome outcome, string meter) =>
        Append(
            new EndRecord
            {
                Step = state.Step,
                Tokens = state.Tokens,
                Outcome = outcome == RunOutcome.Diverged ? "diverged" : "finished",
                Loss = state.Loss,
                Measured = Account(state, meter),
            }
        );

    /// <summary>Hands everything to the operating system.</summary>
    /// <param name="toDisk">Whether to wait for the disk.</param>
    public void Flush(bool toDisk = false)
    {
        events?.Flush();
        TellOfEvents();
        writer?.Flush(toDisk);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        events?.Dispose();
        writer?.Dispose();
    }

    private Dictionary<string, object> OfStep(double seconds, ExchangeTime? exchange)
    {
        var measured = new Dictionary<string, object>
        {
            ["seconds"] = seconds,
            ["tokens_per_second"] = config.TokensPerStep / seconds,
        };
        if (exchange is not { } took)
            return measured;
        measured["waited_seconds"] = took.Waited;
        measured["exchange_seconds"] = took.Reduced;
        return measured;
    }

    private static Dictionary<string, object> Account(TrainingState state, string meter)
    {
        var account = new Dictionary<string, object>
        {
            ["seconds"] = state.Seconds,
            ["device_hours"] = state.Seconds / 3600,
            ["peak_memory_bytes"] = ProcessMemory.PeakBytes(),
            ["skipped_steps"] = state.Skipped,
            ["training_operations"] = state.Expenses.TrainingOperations,
            ["evaluation_operations"] = state.Expenses.EvaluationOperations,
        };
        foreach (var (activity, spent) in state.Expenses.ByActivity)
            account[$"{Key(activity)}_seconds"] = spent.Seconds;
        if (meter.Length == 0)
            return account;
        account["energy_meter"] = meter;
        foreach (var (activity, spent) in state.Expenses.ByActivity)
            account[$"{Key(activity)}_joules"] = spent.Joules;
        return account;

        static string Key(Activity activity) => activity.ToString().ToLowerInvariant();
    }

    private void Append(LogRecord record)
    {
        writer?.Append(record);
        events?.Add(record);
    }

    private void TellOfEvents()
    {
        if (toldOfEvents || events?.Fault is not { } fault)
            return;
        toldOfEvents = true;
        Note($"tensorboard: {events.Path} is not written any more: {fault}");
    }

    private static Dictionary<string, object> Seconds(double seconds) => new() { ["seconds"] = seconds };
}
