namespace ReLoRA.Core.Configuration;

/// <summary>AdamW (Loshchilov and Hutter 2019). The defaults are those of the published study.</summary>
public sealed record OptimizerConfig
{
    /// <summary>Peak learning rate. Default: 3e-4.</summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true, Maximum = 10)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Decay of the first moment. Default: 0.9.</summary>
    [Knob(Minimum = 0, Maximum = 1, ExclusiveMaximum = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment. Default: 0.999.</summary>
    [Knob(Minimum = 0, Maximum = 1, ExclusiveMaximum = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the square root of the second moment. Default: 1e-8.</summary>
    [Knob(Minimum = 0, ExclusiveMinimum = true, Maximum = 1)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay on every trained weight that <see cref="NoDecay"/> does not name. Default: 0.01.</summary>
    [Knob(Minimum = 0, Maximum = 10)]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>
    /// Parts of the names of weights that are not decayed: <c>["norm", "embedding"]</c>, or <c>["A_lora", "B_lora"]</c> for adapters. Default: none, as published.
    /// </summary>
    [Knob(OmittedAtDefault = true)]
    public EquatableList<string> NoDecay { get; init; } = [];

    /// <summary>Largest gradient norm; larger gradients are scaled down to it. 0 turns clipping off. Default: 0, as published.</summary>
    [Knob(Minimum = 0)]
    public double ClipNorm { get; init; }

    /// <summary>
    /// 1 takes the gradient of the whole batch. n cuts the trained weights, laid end to end, into n equal slices, of which slice k
    /// gets the gradient of rows k, k + n, ... alone: what a reduction across n processes does that never happens, as it may have
    /// been in the published runs on several GPUs. Default: 1.
    /// </summary>
    [Knob(Minimum = 1, Maximum = 1024, OmittedAtDefault = true)]
    public int GradientPartitions { get; init; } = 1;
}
