namespace ReLoRA.Core.Configuration;

/// <summary>Of what a probe computes its figure. Shapes and how each is computed: docs/probes.md.</summary>
public enum ProbeTarget
{
    /// <summary>The effective weight: <c>W</c>, with adapters <c>W + s B A</c>.</summary>
    Weight,

    /// <summary>The effective weight minus the initial weight.</summary>
    CumulativeUpdate,

    /// <summary>The weight without its adapter: <c>W</c>.</summary>
    FrozenWeight,

    /// <summary>The adapter's first factor.</summary>
    AdapterA,

    /// <summary>The adapter's second factor.</summary>
    AdapterB,

    /// <summary><c>B A</c>, without the scale.</summary>
    Adapter,

    /// <summary>What was added to the effective weight since the last reset: <c>s B A</c>.</summary>
    ResetUpdate,

    /// <summary>What the last update added to the effective weight.</summary>
    StepUpdate,

    /// <summary>The loss's gradient with respect to the effective weight, by autograd.</summary>
    Gradient,

    /// <summary>The loss's gradient with respect to the adapter's first factor.</summary>
    AdapterAGradient,

    /// <summary>The loss's gradient with respect to the adapter's second factor.</summary>
    AdapterBGradient,

    /// <summary>AdamW's mean of gradients, of each tensor of the linear that trains.</summary>
    FirstMoment,

    /// <summary>AdamW's mean of squared gradients, of each tensor of the linear that trains.</summary>
    SecondMoment,

    /// <summary>The linear's outputs at all positions of the probe's rows.</summary>
    Activation,

    /// <summary>The linear's outputs at the last position of each of the probe's rows, as published.</summary>
    LastActivation,

    /// <summary>What each head writes of what it reads, <c>O_h V_h</c>, (width, width).</summary>
    OvCircuit,

    /// <summary>The published form, <c>V_h O_h</c>, (head width, head width), and all heads side by side.</summary>
    OvCircuitPublished,

    /// <summary>What each head looks for in what it reads, <c>Q_h' K_h</c>, (width, width), at equal positions.</summary>
    QkCircuit,

    /// <summary>In the published form of the other circuit: <c>Q_h K_h'</c>, (head width, head width), and all heads side by side.</summary>
    QkCircuitPublished,

    /// <summary>Attention after its softmax, on the probe's rows.</summary>
    Attention,
}
