namespace ReLoRA.Data.Benchmarks;

/// <summary>What one run of <see cref="StreamBenchmark"/> found. Each figure is the median over rounds; ratios are medians of the rounds' own ratios.</summary>
/// <param name="Rounds">Rounds measured, each thing once in each.</param>
/// <param name="Rows">Rows read by each thing in a round.</param>
/// <param name="CopyBytesPerSecond">Copying the rows' stored bytes out of the map, in stored order.</param>
/// <param name="WalkBytesPerSecond">Adding up the stored ids in the map, without a copy, in stored order.</param>
/// <param name="BareTokensPerSecond">Widening the same rows in the same permuted order into one buffer, and nothing else.</param>
/// <param name="StreamTokensPerSecond">The stream: ordered, checked, prefetched 64-bit batches.</param>
/// <param name="WalkToCopy">Reading in the map against copying out of it.</param>
/// <param name="StreamToBare">The stream against the bare loop.</param>
/// <param name="BytesAllocatedPerRow">Managed memory that the stream's reader took, for each row.</param>
public sealed record StreamFigures(
    int Rounds,
    long Rows,
    double CopyBytesPerSecond,
    double WalkBytesPerSecond,
    double BareTokensPerSecond,
    double StreamTokensPerSecond,
    double WalkToCopy,
    double StreamToBare,
    double BytesAllocatedPerRow
);
