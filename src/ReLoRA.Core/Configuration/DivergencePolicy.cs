namespace ReLoRA.Core.Configuration;

/// <summary>What a divergence does: a spike of the loss that lasts longer than <see cref="StabilityConfig.RecoverySteps"/>.</summary>
public enum DivergencePolicy
{
    /// <summary>It is logged.</summary>
    Continue,

    /// <summary>It is logged, and the run ends as diverged.</summary>
    Stop,
}
