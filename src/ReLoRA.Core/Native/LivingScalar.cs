using System.Collections.Concurrent;
using TorchSharp;

namespace ReLoRA.Core.Native;

/// <summary>
/// Numbers for libtorch that are never freed. TorchSharp hands a <see cref="Scalar"/> to native code by its address only, so that
/// the collector may free it before it has been read: an exception at best, another number at worst. docs/native-loading.md.
/// </summary>
/// <remarks>For constants of a run (epsilons, factors, powers). What changes with every step belongs into a tensor.</remarks>
internal static class LivingScalar
{
    private static readonly ConcurrentDictionary<double, Scalar> Numbers = new();
    private static readonly ConcurrentDictionary<long, Scalar> Integers = new();

    /// <summary>A floating-point number.</summary>
    public static Scalar Of(double value) => Numbers.GetOrAdd(value, ScalarExtensionMethods.ToScalar);

    /// <summary>An integer: kept apart, since libtorch promotes types by it.</summary>
    public static Scalar Of(long value) => Integers.GetOrAdd(value, ScalarExtensionMethods.ToScalar);
}
