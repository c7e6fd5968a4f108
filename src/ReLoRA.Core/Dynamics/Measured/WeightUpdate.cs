using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Measured;

/// <summary>A weight minus what it was.</summary>
internal static class WeightUpdate
{
    /// <summary>The difference. The caller's scope owns it.</summary>
    /// <exception cref="UserFaultException">The two are of different shapes: the reference is of another model.</exception>
    public static Tensor Of(string name, Tensor weight, Tensor before) =>
        weight.shape.AsSpan().SequenceEqual(before.shape)
            ? weight - before
            : throw new UserFaultException(
                $"{name} is [{string.Join(", ", weight.shape)}], and [{string.Join(", ", before.shape)}] in the reference. Compare models of one shape."
            );
}
