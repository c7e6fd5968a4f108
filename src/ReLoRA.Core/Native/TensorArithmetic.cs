using static TorchSharp.torch;

namespace ReLoRA.Core.Native;

/// <summary>Arithmetic whose numbers live as long as libtorch reads them. TorchSharp's own operators are banned: <see cref="LivingScalar"/>.</summary>
internal static class TensorArithmetic
{
    /// <summary><c>left + right</c>.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, LivingScalar.Of(1));

    /// <summary><c>left + right</c>; the number is a constant of the run.</summary>
    public static Tensor Plus(this Tensor left, double right) => left.add(LivingScalar.Of(right), LivingScalar.Of(1));

    /// <summary><c>left * right</c>; the number is a constant of the run.</summary>
    public static Tensor Times(this Tensor left, double right) => left.mul(LivingScalar.Of(right));

    /// <summary><c>[0, 1, ..., count - 1]</c>, every <paramref name="step"/>th.</summary>
    public static Tensor CountTo(long count, long step, ScalarType type) =>
        arange(LivingScalar.Of(0), LivingScalar.Of(count), LivingScalar.Of(step), dtype: type);
}
