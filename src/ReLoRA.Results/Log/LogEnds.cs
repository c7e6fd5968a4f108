namespace ReLoRA.Results.Log;

/// <summary>What the two ends of a log say, read without what lies between: of tens of thousands of steps a few dozen records are looked at.</summary>
/// <remarks>
/// Where checksums leave a doubt the whole log is read, so that the answer is always that of <see cref="RunLogReader"/>. The only difference
/// is that another version of the format is noticed by the first record alone.
/// </remarks>
/// <param name="Run">The first <c>run</c> record, or null where the log does not have one, yet or any more.</param>
/// <param name="End">The last record apart from checksums where that is an <c>end</c>; else null, and the run is not finished.</param>
public sealed record LogEnds(RunRecord? Run, EndRecord? End)
{
    /// <summary>Reads them. Safe while another process appends to the log.</summary>
    /// <param name="path">The log's file.</param>
    /// <exception cref="LogFormatException">No such file, or another version of the format.</exception>
    public static LogEnds Read(string path) => LogEndsReader.Read(path) ?? Of(RunLogReader.Read(path));

    /// <summary>The same of a log that was read whole.</summary>
    /// <param name="log">The log.</param>
    public static LogEnds Of(RunLog log) => new(log.Run, log.IsFinished ? log.Records<EndRecord>().Last() : null);
}
