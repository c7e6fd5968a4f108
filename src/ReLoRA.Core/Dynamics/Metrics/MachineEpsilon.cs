using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>The distance from 1 to the next number of a type.</summary>
public static class MachineEpsilon
{
    /// <summary>2^-7 for bfloat16, 2^-10 for float16, 2^-23 for float32, 2^-52 for float64.</summary>
    /// <param name="type">A floating-point type.</param>
    public static double Of(ScalarType type) =>
        type switch
        {
            ScalarType.BFloat16 => Math.ScaleB(1, -7),
            ScalarType.Float16 => Math.ScaleB(1, -10),
            ScalarType.Float32 => Math.ScaleB(1, -23),
            ScalarType.Float64 => Math.ScaleB(1, -52),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a floating-point type."),
        };
}
