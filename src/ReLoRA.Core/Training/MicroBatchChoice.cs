using System.Globalization;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Training;

/// <summary>What a user wants a micro-batch to be: a number of sequences, or the most that fit into memory.</summary>
public sealed record MicroBatchChoice
{
    private const string AutoName = "auto";

    private MicroBatchChoice() { }

    /// <summary>The largest divisor of the batch whose <see cref="MemoryEstimate"/> is within the memory.</summary>
    public static MicroBatchChoice Auto { get; } = new();

    /// <summary>The number asked for; null for <see cref="Auto"/>.</summary>
    public int? Rows { get; private init; }

    /// <summary>A number of sequences.</summary>
    /// <param name="rows">The number.</param>
    public static MicroBatchChoice Of(int rows) => new() { Rows = rows };

    /// <summary>Reads <c>auto</c> or a number.</summary>
    /// <param name="text">What a user wrote.</param>
    /// <exception cref="UserFaultException">It is neither.</exception>
    public static MicroBatchChoice Parse(string text) =>
        text == AutoName ? Auto
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0 ? Of(rows)
        : throw new UserFaultException(
            $"--micro-batch is '{text}'; allowed: auto, or a number of sequences that divides the batch. Correct it."
        );

    /// <summary>Sequences of one forward pass.</summary>
    /// <param name="config">The run.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    /// <param name="memory">Bytes that training may take; asked for only where it matters.</param>
    /// <exception cref="UserFaultException">The number does not divide the batch, or not even one sequence fits.</exception>
    public int Resolve(RunConfig config, bool recompute, Func<long> memory)
    {
        var batch = config.Data.BatchSize;
        var divisors = Enumerable.Range(1, batch).Where(rows => batch % rows == 0).ToList();
        if (Rows is null)
            return Largest(config, divisors, recompute, memory());
        return divisors.Contains(Rows.Value)
            ? Rows.Value
            : throw new UserFaultException(
                $"--micro-batch is {Rows}; allowed: a divisor of the batch of {batch} sequences (Data.BatchSize, or --batch of a "
                    + $"benchmark): {string.Join(", ", divisors)}. Choose one of them, or auto."
            );
    }

    private static int Largest(RunConfig config, List<int> divisors, bool recompute, long memory)
    {
        var rows = divisors.FindLast(rows => MemoryEstimate.Of(config, rows, recompute).Total <= memory);
        return rows > 0 ? rows : throw new UserFaultException(NothingFits(config, recompute, memory));
    }

    private static string NothingFits(RunConfig config, bool recompute, long memory)
    {
        var one = MemoryText.Of(MemoryEstimate.Of(config, 1, recompute).Total);
        var less = MemoryText.Of(MemoryEstimate.Of(config, 1, recompute: true).Total);
        return $"--micro-batch auto: none fits into {MemoryText.Of(memory)}, the memory of one cell. A micro-batch of one sequence of "
            + $"{config.Data.SequenceLength} tokens takes an estimated {one}"
            + (recompute ? " with --recompute. " : $", with --recompute {less}. ")
            + (recompute ? "" : "Give --recompute, ")
            + (recompute ? "Lower" : "lower")
            + " Data.SequenceLength or the model's size, train fewer cells at once (--jobs), or allow more (--memory).";
    }
}
