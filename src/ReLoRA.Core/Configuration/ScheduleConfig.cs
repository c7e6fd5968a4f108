namespace ReLoRA.Core.Configuration;

/// <summary>The learning rate's multiplier over steps. The defaults are those of the published ReLoRA runs.</summary>
public sealed record ScheduleConfig
{
    /// <summary>The curve. Default: <see cref="ScheduleKind.JaggedCosine"/>.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.JaggedCosine;

    /// <summary>Linear warm-up at the start of the run. Default: 2,000.</summary>
    [Knob(Unit = "steps", Minimum = 0)]
    public int WarmupSteps { get; init; } = 2000;

    /// <summary>Linear warm-up after each restart of the jagged cosine. Default: 100.</summary>
    [Knob(Unit = "steps", Minimum = 1)]
    public int RestartWarmupSteps { get; init; } = 100;

    /// <summary>The floor of the cosines and of <see cref="ScheduleKind.WarmupStableDecay"/>, as a fraction of the peak. Default: 0.1.</summary>
    [Knob(Minimum = 0, Maximum = 1)]
    public double MinimumRatio { get; init; } = 0.1;

    /// <summary>
    /// The step at which the curve ends. 0 takes the length of the run; the published runs stopped at 20,000 of a 200,000-step
    /// curve. Default: 0.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 0)]
    public long HorizonSteps { get; init; }

    /// <summary>Length of the decay of <see cref="ScheduleKind.WarmupStableDecay"/>. 0 takes a tenth of the curve. Default: 0.</summary>
    [Knob(Unit = "steps", Minimum = 0, OmittedAtDefault = true)]
    public long DecaySteps { get; init; }

    /// <summary>The length of the decay on a curve of so many steps.</summary>
    /// <param name="horizon">Steps of the curve.</param>
    public long DecayOf(long horizon) => DecaySteps > 0 ? DecaySteps : Math.Max(1, horizon / 10);
}
