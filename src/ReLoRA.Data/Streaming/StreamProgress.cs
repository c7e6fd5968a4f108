namespace ReLoRA.Data.Streaming;

/// <summary>How a stream stands.</summary>
/// <param name="Described">Files whose row counts are known.</param>
/// <param name="Files">Files of the dataset.</param>
/// <param name="Here">Shards on the disk.</param>
/// <param name="Coming">Shards on their way.</param>
/// <param name="BytesHere">Bytes of the shards on the disk.</param>
/// <param name="Received">Bytes received in this sitting.</param>
/// <param name="Readers">The shard that each reader needs next.</param>
public sealed record StreamProgress(
    int Described,
    int Files,
    int Here,
    int Coming,
    long BytesHere,
    long Received,
    IReadOnlyList<int> Readers
)
{
    /// <summary>While row counts are being read.</summary>
    internal static StreamProgress Describing(int described, int files) => new(described, files, 0, 0, 0, 0, []);
}
