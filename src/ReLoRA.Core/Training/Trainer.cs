using ReLoRA.Core.Accounting;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Data.Sampling;

namespace ReLoRA.Core.Training;

/// <summary>
/// The loop of one run: batch, gradients, update; then the reset, the evaluation, the probes and the checkpoint that fall due, in this
/// order.
/// </summary>
public sealed class Trainer
{
    /// <summary>A run that can take no update any more would skip them to its end.</summary>
    private const int MostSkippedInRow = 50;

    private const double SecondsPerHour = 3600;

    private readonly string cell;
    private readonly RunParts parts;
    private readonly TrainingLog log;
    private readonly CheckpointStore checkpoints;
    private readonly TimeProvider clock;
    private readonly WarmStartKeeper? warmStart;
    private readonly ExpenseMeter meter;
    private readonly RunConfig config;
    private readonly GradientExchange? exchange;
    private readonly WeightsAgreement? agreement;
    private StepWish wished;
    private TrainingCost cost;
    private bool isLost;
    private bool isOutOfTime;

    /// <summary>Creates the loop.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="parts">Model, optimizer and the rest.</param>
    /// <param name="log">Receives every event.</param>
    /// <param name="checkpoints">Receives the checkpoints.</param>
    /// <param name="clock">For durations, which end a run that has a budget of hours.</param>
    /// <param name="energy">For the energy that is logged. Default: null, none is.</param>
    /// <param name="warmStart">Keeps the end of a warm start for other cells. Default: null, it is not kept.</param>
    public Trainer(
        string cell,
        RunParts parts,
        TrainingLog log,
        CheckpointStore checkpoints,
        TimeProvider clock,
        IEnergyMeter? energy = null,
        WarmStartKeeper? warmStart = null
    )
    {
        this.warmStart = warmStart;
        (this.cell, this.parts, this.log, this.checkpoints, this.clock) = (cell, parts, log, checkpoints, clock);
        meter = new ExpenseMeter(clock, energy ?? new NoMeter());
        config = parts.Config;
        cost = parts.Cost();
        if (!parts.Team.IsSeveral)
            return;
        exchange = new GradientExchange(parts.Team.Collective, parts.Optimizer, config.Data.BatchSize, clock);
        agreement = new WeightsAgreement(parts.Team.Collective);
    }

    /// <summary>How far the run is.</summary>
    public TrainingState State { get; private set; } = TrainingState.Start;

    /// <summary>Trains until the budget of steps or hours is spent, the loss diverges or a stop is asked for.</summary>
    /// <param name="start">Where to begin; weights and optimizer must be those of that moment.</param>
    /// <param name="batches">The batches from <paramref name="start"/>'s cursor on.</param>
    /// <param name="stop">Seen between two steps.</param>
    /// <param name="progress">Called after every step.</param>
    /// <param name="pauseAt">The completed steps at which it pauses. Default: 0, it does not.</param>
    /// <exception cref="ResetViolationException">A reset that promised to keep the function changed it.</exception>
    /// <exception cref="RanksDifferException">The processes that train the run do not hold the same weights.</exception>
    public RunOutcome Run(
        TrainingState start,
        BatchStream batches,
        StopSignal stop,
        Action<TrainingState> progress,
        long pauseAt = 0
    )
    {
        State = start with { Ranks = parts.Team.IsSeveral ? parts.Team.Collective.Size : null };
        using var saves = parts.Team.Leads ? new RunSaves(cell, parts, log, checkpoints, clock) : null;
        agreement?.Begin(parts.Model.Parameters, parts.Optimizer);
        agreement?.Require(parts.Model.Parameters, "Before the first step of this sitting");
        if (State.Step == 0)
        {
            Evaluate();
            Timed(Activity.Probing, () => Probe(isLast: false));
        }
        while (State.Step < config.Steps && !isOutOfTime)
        {
            if (pauseAt > 0 && State.Step >= pauseAt)
                return Leave(parts.Probes.HasRunaway ? RunOutcome.Handover : RunOutcome.Paused, saves);
            if (parts.Probes.HasRunaway || stop.IsRequested || !batches.Wait(() => stop.IsRequested))
            {
                // The others are in this step, or on their way into it.
                exchange?.Leave();
                return Leave(parts.Probes.HasRunaway ? RunOutcome.Handover : RunOutcome.Stopped, saves);
            }
            if (parts.Probes.ReadsNextUpdate(State))
                Timed(Activity.Probing, parts.Probes.KeepWeights);
            Timed(Activity.Training, () => Update(batches.Next()));
            if (wished.Leaves)
                return Leave(RunOutcome.Stopped, saves);
            if (isLost)
                return End(RunOutcome.Diverged, saves);
            if (parts.Enter(State.Step))
                cost = parts.Cost();
            isOutOfTime = exchange is null ? HasSpentHours : wished.IsOutOfTime;
            var isLast = isOutOfTime || State.Step == config.Steps;
            if (ResetTimes.IsDue(config, State.Step) && !isLast)
            {
                BesideReset(ProbeMoments.BeforeReset);
                Timed(Activity.Resetting, Reset);
                agreement?.Require(parts.Model.Parameters, After("the reset after"));
                BesideReset(ProbeMoments.AfterReset);
            }
            if (IsDue(config.Evaluation.Every) || isLast)
                Evaluate();
            Timed(Activity.Probing, () => Probe(isLast));
            log.Flush();
            if (IsDue(config.Checkpoint.Every) || isLast)
                Timed(Activity.Saving, () => Save(saves, isStop: false));
            if (warmStart?.Wants(parts, State.Step) == true)
                Timed(Activity.Saving, () => warmStart.Keep(parts, log, State));
            saves?.Tell();
            progress(State);
        }
        return End(RunOutcome.Finished, saves);
    }

    private bool HasSpentHours => config.Budget.Hours > 0 && State.Seconds >= config.Budget.Hours * SecondsPerHour;

    private RunOutcome Leave(RunOutcome outcome, RunSaves? saves)
    {
        Save(saves, isStop: true);
        return outcome;
    }

    private void Save(RunSaves? saves, bool isStop)
    {
        // What is frozen was compared at the last reset.
        agreement?.Require(parts.Model.Parameters.Trainable, After("the checkpoint after"));
        saves?.Save(State, isStop);
    }

    private string After(string what) => FormattableString.Invariant($"At {what} step {State.Step}");

    private void BesideReset(string moment)
    {
        if (config.Evaluation.AroundResets)
            Evaluate(moment);
        Timed(Activity.Probing, () => ProbeReset(moment));
    }

    private bool IsDue(int every) => every > 0 && State.Step % every == 0;

    /// <summary>Lets an action log its own duration, and adds it to the run's.</summary>
    private void Timed(Activity activity, Action<Func<double>> action)
    {
        var spent = meter.Begin();
        action(() => spent().Seconds);
        var whole = spent();
        State = State with { Seconds = State.Seconds + whole.Seconds, Expenses = State.Expenses.With(activity, whole) };
    }

    private void Timed(Activity activity, Action action) => Timed(activity, _ => action());

    private void Update(TokenBatch batch)
    {
        var begun = clock.GetTimestamp();
        using var loss = parts.Gradients.Begin(batch, State.Step);
        if (exchange is not null)
            wished = exchange.Sum(loss, batch.Rows, new StepWish(false, parts.Team.Leads && HasSpentHours));
        if (wished.Leaves)
        {
            parts.Optimizer.Clear();
            return;
        }
        var learningRate = parts.LearningRate(State.Step);
        using var norm = parts.Optimizer.Update(learningRate, loss);
        // Reading waits for a GPU: nothing in the step did, and all of it is under way.
        var gradientNorm = norm.item<double>();
        State = State with
        {
            Step = State.Step + 1,
            Tokens = State.Tokens + config.TokensPerStep,
            Cursor = batch.Next,
            Loss = loss.item<double>(),
            Expenses = State.Expenses with
            {
                TrainingOperations = State.Expenses.TrainingOperations + cost.Training * config.TokensPerStep,
            },
        };
        var isSkipped = !double.IsFinite(State.Loss) || !double.IsFinite(gradientNorm);
        log.Step(
            State,
            learningRate,
            gradientNorm,
            isSkipped,
            clock.GetElapsedTime(begun).TotalSeconds,
            exchange?.Took
        );
        Judge(isSkipped);
    }

    /// <summary>Whether the run is to go on after this loss.</summary>
    private void Judge(bool isSkipped)
    {
        if (isSkipped)
        {
            State = State with { Skipped = State.Skipped + 1, SkippedInRow = State.SkippedInRow + 1 };
            isLost = config.Stability.NonFinite == NonFinitePolicy.Stop || State.SkippedInRow >= MostSkippedInRow;
            return;
        }
        var (level, happened) = State.Level.With(State.Loss, State.Step, config.Stability);
        State = State with { SkippedInRow = 0, Level = level };
        if (happened is null)
            return;
        log.Spike(happened, State);
        isLost = happened.Phase == LossEvent.Diverged && config.Stability.OnDivergence == DivergencePolicy.Stop;
    }

    private void Reset(Func<double> seconds)
    {
        var number = ResetTimes.CountThrough(config, State.Step);
        var outcome = parts.Reset.Apply(State.Step, number);
        var rates = (parts.LearningRate(State.Step - 1), parts.LearningRate(State.Step));
        log.Reset(outcome, State.Step, number, rates, seconds());
        var broken = ResetPromises.Broken(outcome, config);
        if (broken.Count == 0)
            return;
        log.Flush();
        throw new ResetViolationException(
            FormattableString.Invariant($"Reset {number} after step {State.Step} ")
                + string.Join("; it ", broken)
                + ". The semantics promise otherwise, so the run stops here."
        );
    }

    private void Evaluate(string moment = ProbeMoments.Step)
    {
        // The others wait in the next step's exchange.
        if (!parts.Team.Leads)
            return;
        Timed(
            Activity.Evaluation,
            seconds =>
            {
                var result = parts.Evaluator.Evaluate(parts.Model);
                CountForward(result.Domains.Sum(domain => domain.Tokens));
                log.Evaluation(result, moment, State, seconds());
            }
        );
        if (parts.Pairs is { } pairs)
            Timed(Activity.Evaluation, seconds => log.Pairs(pairs.Evaluate(parts.Model), moment, State, seconds()));
        foreach (var task in parts.Tasks)
            Timed(
                Activity.Evaluation,
                seconds =>
                {
                    var summary = task.Evaluate(parts.Model);
                    CountForward(task.Tokens);
                    log.Task(task, summary, moment, State, seconds());
                }
            );
    }

    private void CountForward(long tokens) =>
        State = State with
        {
            Expenses = State.Expenses with
            {
                EvaluationOperations = State.Expenses.EvaluationOperations + cost.Forward * tokens,
            },
        };

    private void Probe(bool isLast) => parts.Probes.AtStep(State, log, clock, isLast);

    private void ProbeReset(string moment) => parts.Probes.AtReset(moment, State, log, clock);

    private RunOutcome End(RunOutcome outcome, RunSaves? saves)
    {
        saves?.Complete();
        log.End(State, outcome, meter.Energy.Name);
        log.Flush(toDisk: true);
        return outcome;
    }
}
