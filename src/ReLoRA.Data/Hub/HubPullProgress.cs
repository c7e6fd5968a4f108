namespace ReLoRA.Data.Hub;

/// <summary>How far a pull has come.</summary>
/// <param name="FilesDone">Files that are complete, those that were there already included.</param>
/// <param name="Files">Files in all.</param>
/// <param name="BytesDone">Bytes that are there, of complete and incomplete files.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="BytesNow">Bytes that arrived in this sitting.</param>
/// <param name="Waiting">Files that another process is fetching, for which this one waits.</param>
public sealed record HubPullProgress(int FilesDone, int Files, long BytesDone, long Bytes, long BytesNow, int Waiting);
