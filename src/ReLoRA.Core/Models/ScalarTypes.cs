using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Tensor types of the precisions.</summary>
public static class ScalarTypes
{
    /// <summary>The type of weights and arithmetic.</summary>
    /// <param name="precision">The precision.</param>
    public static ScalarType ScalarType(this Precision precision) =>
        precision switch
        {
            Precision.Float64 => float64,
            Precision.BFloat16Zero2 or Precision.BFloat16Pure => bfloat16,
            _ => float32,
        };

    /// <summary>The type for sums, norms and losses, which 16 bits are too few for: the type itself, or 32 bits.</summary>
    /// <param name="type">The type of the summands.</param>
    public static ScalarType Wide(this ScalarType type) => type == bfloat16 ? float32 : type;

    /// <summary>The type of fewer digits.</summary>
    /// <param name="type">A floating-point type.</param>
    /// <param name="other">Another.</param>
    internal static ScalarType Coarser(this ScalarType type, ScalarType other) =>
        other.Unit() > type.Unit() ? other : type;

    /// <summary>A unit of the last place, relative to the number.</summary>
    /// <param name="type">A floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static double Unit(this ScalarType type) =>
        type switch
        {
            TorchSharp.torch.ScalarType.BFloat16 => Math.ScaleB(1, -7),
            TorchSharp.torch.ScalarType.Float16 => Math.ScaleB(1, -10),
            TorchSharp.torch.ScalarType.Float32 => Math.ScaleB(1, -23),
            TorchSharp.torch.ScalarType.Float64 => Math.ScaleB(1, -52),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a floating-point type."),
        };
}
