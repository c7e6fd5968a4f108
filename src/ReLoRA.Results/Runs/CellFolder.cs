namespace ReLoRA.Results.Runs;

/// <summary>The places inside one cell's folder.</summary>
public sealed class CellFolder
{
    internal CellFolder(string id, string path)
    {
        Id = id;
        Path = path;
    }

    /// <summary>The cell's id.</summary>
    public string Id { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string ConfigPath => Inside("cell.json");

    /// <summary>The run log.</summary>
    public string LogPath => Inside("log.msgpack");

    /// <summary>How far the cell is; replaced atomically: <see cref="CellStatus"/>.</summary>
    public string StatusPath => Inside("status.json");

    /// <summary>The folder of the checkpoints, <c>step_N</c> each.</summary>
    public string CheckpointsPath => Inside("checkpoints");

    /// <summary>What the worker process printed.</summary>
    public string WorkerLogPath => Inside("worker.log");

    /// <summary>Threads, device and micro-batch, fixed at the first start and used again on resume.</summary>
    public string ExecutionPath => Inside("execution.json");

    /// <summary>Held by the process that works on the cell: <see cref="FileLock"/>.</summary>
    public string LockPath => Inside("lock");

    /// <summary>Held by the process that has the cell trained, while it does: <see cref="FileLock"/>.</summary>
    public string ClaimPath => Inside("claim");

    /// <summary>Empty; its time of change is renewed by a worker that is alive.</summary>
    public string HeartbeatPath => Inside("heartbeat");

    /// <summary>The folder of what <c>Snapshot(...)</c> saves.</summary>
    public string SnapshotsPath => Inside("snapshots");

    /// <summary>The probes that were given up, until the sweep is run again, and the note that told of each.</summary>
    public string ProbesOffPath => Inside("probes_off.json");

    /// <summary>Who may write here, where a scheduler has the cell trained: <see cref="CellOwner"/>.</summary>
    public string OwnerPath => Inside("owner.json");

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
