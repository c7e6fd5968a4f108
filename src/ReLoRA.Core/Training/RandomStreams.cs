using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>
/// Names every random draw: the seed of a stream is the first 8 bytes of SHA-256 of <c>seed|purpose|step|module</c>, so no draw
/// depends on what was drawn before it.
/// </summary>
public static class RandomStreams
{
    private const string Dropout = "dropout";

    /// <summary>The seed of a stream.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What is drawn, for example <c>dropout</c>.</param>
    /// <param name="step">The step or the number of the reset.</param>
    /// <param name="module">The module or micro-batch drawn for.</param>
    public static ulong Seed(long seed, string purpose, long step, string module)
    {
        var name = FormattableString.Invariant($"{seed}|{purpose}|{step}|{module}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>A CPU generator at the start of a stream. The caller disposes it.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What is drawn.</param>
    /// <param name="step">The step or the number of the reset.</param>
    /// <param name="module">The module drawn for.</param>
    public static Generator Generator(long seed, string purpose, long step, string module) =>
        new(Seed(seed, purpose, step, module), CPU);

    /// <summary>Puts the default generators, which dropout draws from, at the start of a stream.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step about to be taken.</param>
    /// <param name="microBatch">The micro-batch within it.</param>
    public static void ReseedDropout(long seed, long step, int microBatch) =>
        Reseed(Seed(seed, Dropout, step, FormattableString.Invariant($"{microBatch}")));

    /// <summary>Puts the default generators at the start of one block's own stream, to which they can be put again.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step about to be taken.</param>
    /// <param name="microBatch">The micro-batch within it.</param>
    /// <param name="block">The block's number.</param>
    public static void ReseedDropout(long seed, long step, int microBatch, int block) =>
        Reseed(Seed(seed, Dropout, step, FormattableString.Invariant($"{microBatch}.{block}")));

    private static void Reseed(ulong derived)
    {
        using var generator = manual_seed(unchecked((long)derived));
    }
}
