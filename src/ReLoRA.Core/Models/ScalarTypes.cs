using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Tensor types of the precisions.</summary>
public static class ScalarTypes
{
    /// <summary>The type of weights and arithmetic.</summary>
    /// <param name="precision">The precision.</param>
    public static ScalarType ScalarType(this Precision precision) => precision == Precision.Float64 ? float64 : float32;
}
