using System.Globalization;

namespace ReLoRA.Core.Checkpoints;

/// <summary>What a user is told when a run cannot be saved.</summary>
internal static class CheckpointFaults
{
    /// <summary>The disk does not take a checkpoint.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="bytes">What its tensors take.</param>
    /// <param name="saved">The steps that are saved, newest first.</param>
    /// <param name="cause">What the disk said.</param>
    public static UserFaultException NotSaved(string path, long bytes, IReadOnlyList<long> saved, Exception cause) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path} cannot be written: {cause.Message} The run stops here, since it could not be continued from later on; it goes on from {Place(saved)}. A checkpoint of this run takes {(bytes >> 20) + 1:N0} MiB: make room for it, or mend what the message names, and run the sweep again."
            ),
            cause
        );

    /// <summary>Another file of a run cannot be read or written.</summary>
    /// <param name="cell">The cell's folder.</param>
    /// <param name="saved">The steps that are saved, newest first.</param>
    /// <param name="cause">What the disk said.</param>
    public static UserFaultException Broken(string cell, IReadOnlyList<long> saved, Exception cause) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cell}: a file of the run cannot be read or written: {cause.Message} The run stops here; it goes on from {Place(saved)}. Make room, or mend what the message names, and run the sweep again."
            ),
            cause
        );

    private static string Place(IReadOnlyList<long> saved) =>
        saved.Count == 0 ? "its start" : string.Create(CultureInfo.InvariantCulture, $"step {saved[0]}");
}
