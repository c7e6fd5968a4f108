namespace ReLoRA.Data.Streaming;

/// <summary>The places in the folder of a streamed dataset, beside its manifest and the shards that are there.</summary>
/// <param name="Path">The folder.</param>
internal sealed record StreamFolder(string Path)
{
    /// <summary>Held by the one process that brings shards.</summary>
    public string LockPath => System.IO.Path.Combine(Path, "stream.lock");

    /// <summary>Files on their way.</summary>
    public string IncomingPath => System.IO.Path.Combine(Path, "incoming");

    /// <summary>Where readers say what they need.</summary>
    public string ReadersPath => System.IO.Path.Combine(Path, "readers");
}
