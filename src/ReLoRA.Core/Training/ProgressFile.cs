using System.Globalization;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>Keeps a cell's <c>status.json</c> current, at most twice a second.</summary>
public sealed class ProgressFile
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly CellFolder cell;
    private readonly long steps;
    private readonly long tokensPerStep;
    private readonly TimeProvider clock;
    private readonly string facts;
    private readonly CellFence? fence;
    private readonly int processId;
    private long written;
    private long firstStep = -1;
    private long firstTime;

    /// <summary>Creates it.</summary>
    /// <param name="cell">The cell's folder.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="tokensPerStep">Tokens of a step.</param>
    /// <param name="clock">For rates and time left.</param>
    /// <param name="facts">What is trained, in a sentence. Default: empty.</param>
    /// <param name="processId">The process to name. Default: null, this one.</param>
    /// <param name="fence">Asked before each report. Default: null, none is.</param>
    public ProgressFile(
        CellFolder cell,
        long steps,
        long tokensPerStep,
        TimeProvider clock,
        string facts = "",
        int? processId = null,
        CellFence? fence = null
    )
    {
        (this.cell, this.steps, this.tokensPerStep) = (cell, steps, tokensPerStep);
        (this.clock, this.facts, this.fence) = (clock, facts, fence);
        this.processId = processId ?? Environment.ProcessId;
    }

    /// <summary>Reports a step, if the last report is old enough.</summary>
    /// <param name="state">How far the run is.</param>
    public void Report(TrainingState state)
    {
        var now = clock.GetTimestamp();
        if (firstStep < 0)
            (firstStep, firstTime) = (state.Step, now);
        if (written != 0 && clock.GetElapsedTime(written, now) < Interval)
            return;
        written = now;
        Write("running", state, "");
    }

    /// <summary>Reports how the sitting ended.</summary>
    /// <param name="status"><c>finished</c>, <c>stopped</c> or <c>failed</c>.</param>
    /// <param name="state">How far the run came.</param>
    /// <param name="message">Why, where that needs saying.</param>
    public void End(string status, TrainingState state, string message = "") => Write(status, state, message);

    private void Write(string status, TrainingState state, string message)
    {
        fence?.Require();
        var seconds = clock.GetElapsedTime(firstTime).TotalSeconds;
        var done = state.Step - firstStep;
        var perStep = firstStep >= 0 && done > 0 ? seconds / done : double.NaN;
        new CellStatus
        {
            State = status,
            Step = state.Step,
            Steps = steps,
            StepsOfSitting = Math.Max(0, done),
            Loss = state.Loss,
            TokensPerSecond = tokensPerStep / perStep,
            SecondsLeft = (steps - state.Step) * perStep,
            ProcessId = processId,
            Host = Environment.MachineName,
            Message = message,
            Facts = facts,
            Updated = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        }.Write(cell.StatusPath);
    }
}
