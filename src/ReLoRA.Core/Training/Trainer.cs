using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
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
    private readonly string cell;
    private readonly RunParts parts;
    private readonly TrainingLog log;
    private readonly CheckpointStore checkpoints;
    private readonly TimeProvider clock;
    private readonly RunConfig config;

    /// <summary>Creates the loop.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="parts">Model, optimizer and the rest.</param>
    /// <param name="log">Receives every event.</param>
    /// <param name="checkpoints">Receives the checkpoints.</param>
    /// <param name="clock">For durations only.</param>
    public Trainer(string cell, RunParts parts, TrainingLog log, CheckpointStore checkpoints, TimeProvider clock)
    {
        (this.cell, this.parts, this.log, this.checkpoints, this.clock) = (cell, parts, log, checkpoints, clock);
        config = parts.Config;
    }

    /// <summary>How far the run is.</summary>
    public TrainingState State { get; private set; } = TrainingState.Start;

    /// <summary>Trains until the budget is spent, the loss diverges or a stop is asked for.</summary>
    /// <param name="start">Where to begin; weights and optimizer must be those of that moment.</param>
    /// <param name="batches">The batches from <paramref name="start"/>'s cursor on.</param>
    /// <param name="stop">Seen between two steps.</param>
    /// <param name="progress">Called after every step.</param>
    /// <exception cref="ResetViolationException">A reset that promised to keep the function changed it.</exception>
    public RunOutcome Run(TrainingState start, BatchStream batches, StopSignal stop, Action<TrainingState> progress)
    {
        State = start;
        using var saves = new RunSaves(cell, parts, log, checkpoints, clock);
        if (State.Step == 0)
        {
            Evaluate();
            Timed(Probe);
        }
        while (State.Step < config.Steps)
        {
            if (stop.IsRequested || !batches.Wait(() => stop.IsRequested))
            {
                saves.Save(State, isStop: true);
                return RunOutcome.Stopped;
            }
            Timed(() => Update(batches.Next()));
            if (!double.IsFinite(State.Loss))
                return End(RunOutcome.Diverged, saves);
            parts.Enter(State.Step);
            if (ResetTimes.IsDue(config, State.Step))
            {
                Timed(() => ProbeReset(ProbeMoments.BeforeReset));
                Timed(Reset);
                Timed(() => ProbeReset(ProbeMoments.AfterReset));
            }
            if (IsDue(config.Evaluation.Every) || State.Step == config.Steps)
                Evaluate();
            Timed(Probe);
            log.Flush();
            if (IsDue(config.Checkpoint.Every) || State.Step == config.Steps)
                saves.Save(State, isStop: false);
            saves.Tell();
            progress(State);
        }
        return End(RunOutcome.Finished, saves);
    }

    private bool IsDue(int every) => every > 0 && State.Step % every == 0;

    /// <summary>Lets an action log its own duration, and adds it to the run's.</summary>
    private void Timed(Action<Func<double>> action)
    {
        var begun = clock.GetTimestamp();
        action(() => clock.GetElapsedTime(begun).TotalSeconds);
        State = State with { Seconds = State.Seconds + clock.GetElapsedTime(begun).TotalSeconds };
    }

    private void Timed(Action action) => Timed(_ => action());

    private void Update(TokenBatch batch)
    {
        var begun = clock.GetTimestamp();
        var loss = parts.Gradients.Add(batch, State.Step);
        var learningRate = parts.LearningRate(State.Step);
        var gradientNorm = parts.Optimizer.Step(learningRate);
        State = State with
        {
            Step = State.Step + 1,
            Tokens = State.Tokens + config.TokensPerStep,
            Cursor = batch.Next,
            Loss = loss,
        };
        log.Step(State, learningRate, gradientNorm, clock.GetElapsedTime(begun).TotalSeconds);
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

    private void Evaluate()
    {
        Timed(seconds => log.Evaluation(parts.Evaluator.Evaluate(parts.Model), State, seconds()));
        if (parts.Pairs is { } pairs)
            Timed(seconds => log.Pairs(pairs.Evaluate(parts.Model), State, seconds()));
    }

    private void Probe() => parts.Probes.AtStep(State, log, clock);

    private void ProbeReset(string moment) => parts.Probes.AtReset(moment, State, log, clock);

    private RunOutcome End(RunOutcome outcome, RunSaves saves)
    {
        saves.Complete();
        log.End(State, outcome);
        log.Flush(toDisk: true);
        return outcome;
    }
}
