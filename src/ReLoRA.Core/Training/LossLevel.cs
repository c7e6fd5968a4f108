using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Training;

/// <summary>
/// What the training loss has been of late, and the spike that it is in: exponential averages of mean and variance, which a spike does not enter. A spike begins with a loss more than
/// <see cref="StabilityConfig.SpikeDeviations"/> standard deviations, and <see cref="LeastRise"/>, above the mean; it is over when half of that is left, and a divergence when that has
/// not come after <see cref="StabilityConfig.RecoverySteps"/>, upon which the new level is learned. Part of a checkpoint.
/// </summary>
public sealed record LossLevel
{
    /// <summary>Nats a token that a spike rises at least: a run whose loss hardly varies has small deviations.</summary>
    public const double LeastRise = 0.1;

    /// <summary>Losses seen before anything is judged.</summary>
    public const int LeastSteps = 50;

    /// <summary>The part of a new loss in the averages, once there are enough of them.</summary>
    private const double Share = 0.02;

    /// <summary>Losses seen outside spikes. Default: 0.</summary>
    public long Count { get; init; }

    /// <summary>Their mean, nats a token. Default: 0.</summary>
    public double Mean { get; init; }

    /// <summary>Their variance. Default: 0.</summary>
    public double Variance { get; init; }

    /// <summary>The step whose loss began the spike. Default: 0, there is none.</summary>
    public long SpikeBegan { get; init; }

    /// <summary>The largest loss of the spike. Default: 0.</summary>
    public double Peak { get; init; }

    /// <summary>Takes up a loss.</summary>
    /// <param name="loss">A finite loss.</param>
    /// <param name="step">Completed updates.</param>
    /// <param name="config">The rule's numbers.</param>
    /// <returns>The level from now on; and what this loss changed about a spike, null where nothing.</returns>
    public (LossLevel Next, LossEvent? Event) With(double loss, long step, StabilityConfig config)
    {
        var rise = Math.Max(config.SpikeDeviations * Math.Sqrt(Variance), LeastRise);
        if (SpikeBegan == 0)
            return Count >= LeastSteps && loss > Mean + rise
                ? Spike(this with { SpikeBegan = step, Peak = loss })
                : (Learned(loss), null);
        var peaked = this with { Peak = Math.Max(Peak, loss) };
        if (loss <= Mean + rise / 2)
            return ((peaked with { SpikeBegan = 0, Peak = 0 }).Learned(loss), Of(LossEvent.Recovered, peaked));
        return step - SpikeBegan >= config.RecoverySteps
            ? (new LossLevel().Learned(loss), Of(LossEvent.Diverged, peaked))
            : (peaked, null);

        (LossLevel, LossEvent?) Spike(LossLevel level) => (level, Of(LossEvent.Began, level));

        LossEvent Of(string phase, LossLevel level) =>
            new(phase, level.SpikeBegan, step - level.SpikeBegan, Mean, Math.Sqrt(Variance), loss, level.Peak);
    }

    private LossLevel Learned(double loss)
    {
        var share = Math.Max(Share, 1.0 / (Count + 1));
        var difference = loss - Mean;
        return this with
        {
            Count = Count + 1,
            Mean = Mean + share * difference,
            Variance = (1 - share) * (Variance + share * difference * difference),
        };
    }
}
