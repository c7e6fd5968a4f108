using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Core.Training;

namespace ReLoRA.Cli.Commands;

/// <summary>Options by which training is fitted into memory.</summary>
internal sealed class MemoryOptions
{
    private readonly Option<string?> microBatch;
    private readonly Option<bool> recompute = new("--recompute")
    {
        Description =
            "Compute blocks again on the way back in place of keeping what they made: less memory, more time.",
    };
    private readonly Option<string?> memory;

    /// <summary>Creates them.</summary>
    /// <param name="microBatchDefault">What a micro-batch is where none is given.</param>
    /// <param name="memoryDefault">What the memory is where none is given.</param>
    public MemoryOptions(string microBatchDefault, string memoryDefault)
    {
        microBatch = new Option<string?>("--micro-batch")
        {
            Description =
                $"Sequences of one forward pass: a divisor of the batch, or auto, the most that fit into memory. Default: {microBatchDefault}.",
            HelpName = "N|auto",
        };
        memory = new Option<string?>("--memory")
        {
            Description = $"What --micro-batch auto may take, for example 8GiB. Default: {memoryDefault}.",
            HelpName = "SIZE",
        };
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [microBatch, recompute, memory];

    /// <summary>The micro-batch asked for; null where none is.</summary>
    /// <exception cref="UserFaultException">It is no number.</exception>
    public MicroBatchChoice? MicroBatch(ParseResult parsed) =>
        parsed.GetValue(microBatch) is { } text ? MicroBatchChoice.Parse(text) : null;

    /// <summary>Whether to recompute; null where nothing is said of it.</summary>
    public bool? Recompute(ParseResult parsed) =>
        // A flag that was not given has a result all the same.
        parsed.GetResult(recompute)
            is null
                or { Implicit: true }
            ? null
            : parsed.GetValue(recompute);

    /// <summary>Bytes; null where nothing is said of it.</summary>
    /// <exception cref="UserFaultException">It is no size.</exception>
    public long? Memory(ParseResult parsed) =>
        parsed.GetValue(memory) is not { } text
            ? null
            : ByteText.Parse(text)
                ?? throw new UserFaultException(
                    $"--memory is '{text}'; allowed: a size, for example 8GiB or 500MB. Correct it."
                );
}
