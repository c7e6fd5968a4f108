namespace ReLoRA.Results.Benchmarks;

/// <summary>How fast logs are written and read, beside loops over the same records that do less. Medians over rounds.</summary>
/// <param name="Rounds">Rounds.</param>
/// <param name="Records">Step records of a round.</param>
/// <param name="BytesPerRecord">A record's bytes, checksums included.</param>
/// <param name="WrittenPerSecond">Records a second that the writer brings into a file.</param>
/// <param name="BareWrittenPerSecond">The same values by a bare <c>MessagePackWriter</c> into memory, without checksums.</param>
/// <param name="ReadPerSecond">Records a second that the reader gives, checked and typed.</param>
/// <param name="SkippedPerSecond">Records a second that a bare <c>MessagePackReader</c> skips, without looking at them.</param>
/// <param name="WrittenToBare">Median over rounds of the first to the second.</param>
/// <param name="ReadToSkipped">Median over rounds of the third to the fourth.</param>
public sealed record LogFigures(
    int Rounds,
    int Records,
    double BytesPerRecord,
    double WrittenPerSecond,
    double BareWrittenPerSecond,
    double ReadPerSecond,
    double SkippedPerSecond,
    double WrittenToBare,
    double ReadToSkipped
);
