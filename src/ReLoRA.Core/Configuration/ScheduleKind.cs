namespace ReLoRA.Core.Configuration;

/// <summary>The shape of the learning-rate curve.</summary>
public enum ScheduleKind
{
    /// <summary>Linear warm-up, then linear to zero.</summary>
    Linear,

    /// <summary>Linear warm-up, then half a cosine to the floor.</summary>
    Cosine,

    /// <summary>The cosine, dropped to zero every <see cref="LowRankConfig.ResetEvery"/> steps and warmed up again (Lialin et al. 2023).</summary>
    JaggedCosine,

    /// <summary>
    /// A whole cosine, warm-up included, every <see cref="LowRankConfig.ResetEvery"/> steps: "cosine" in the code of Lialin et al.
    /// Each cycle begins at the peak again.
    /// </summary>
    CyclicalCosine,

    /// <summary>
    /// Linear warm-up, the peak until <see cref="ScheduleConfig.DecaySteps"/> before the end, then linear to the floor: "WSD" (Hu et al. 2024). A run may be continued from
    /// any step before the decay.
    /// </summary>
    WarmupStableDecay,

    /// <summary>Linear warm-up, then the peak.</summary>
    Constant,
}
