using ReLoRA.Core.Native;
using static TorchSharp.torch;

// T: positions, C: pairs of features.
namespace ReLoRA.Core.Models;

/// <summary>The angles of rotary position embedding (Su et al. 2021): <c>p * theta^(-2i/width)</c> for position p and pair i.</summary>
internal static class RotaryAngles
{
    /// <summary>The angles, (positions, width / 2), computed in the given type as published tables are: a more exact one would differ from them.</summary>
    public static Tensor Of(int positions, int width, double theta, ScalarType dtype)
    {
        var exponents = TensorArithmetic.CountTo(width, step: 2, dtype).div(LivingScalar.Of(width));
        var frequencies_C = pow(tensor(theta, dtype: dtype), exponents).reciprocal();
        return outer(TensorArithmetic.CountTo(positions, step: 1, dtype), frequencies_C);
    }
}
