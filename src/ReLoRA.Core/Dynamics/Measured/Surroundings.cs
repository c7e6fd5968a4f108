using ReLoRA.Core.Dynamics.Observed;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>What a model alone does not tell. Each part may be missing; what needs it then says so.</summary>
internal sealed record Surroundings
{
    /// <summary>A linear's effective weight before the first step, in 64 bits. The caller's scope owns it.</summary>
    public Func<string, Tensor>? Initial { get; init; }

    /// <summary>Ends a pass of rows.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The type in which a linear's earlier weight was stored, where that may be another than that of the model.</summary>
    public Func<string, ScalarType>? InitialStored { get; init; }

    /// <summary>A linear's effective weight before the last update; null where it was not kept. The caller's scope owns it.</summary>
    public Func<string, Tensor?>? BeforeStep { get; init; }

    /// <summary>AdamW's moments of a weight, by the weight's name; null where it does not train.</summary>
    public Func<string, Moments?>? Moments { get; init; }

    /// <summary>Rows to pass through the model.</summary>
    public ProbeRows? Rows { get; init; }

    /// <summary>The type in which the weights were stored, where that is not the model's.</summary>
    public ScalarType? Stored { get; init; }
}
