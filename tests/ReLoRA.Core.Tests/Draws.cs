using static TorchSharp.torch;

namespace ReLoRA.Core.Tests;

/// <summary>
/// Numbers from a generator of their own. <c>randn</c> without one draws from the process's, and so changes the dropout of a test
/// that trains beside it.
/// </summary>
internal static class Draws
{
    public static Tensor Normal(long[] shape, ScalarType type = ScalarType.Float32)
    {
        using var generator = new Generator(1);
        return randn(shape, dtype: type, generator: generator);
    }
}
