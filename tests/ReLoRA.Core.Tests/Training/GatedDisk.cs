using ReLoRA.Core.Checkpoints;

namespace ReLoRA.Core.Tests.Training;

/// <summary>A disk that is as slow as a test wants it: checkpoints wait for a gate. Counts how many are written at once.</summary>
internal sealed class GatedDisk : IDisk
{
    private readonly Disk disk = new();
    private int writing;

    public ManualResetEventSlim Gate { get; } = new();

    /// <summary>Checkpoints begun.</summary>
    public int Begun { get; private set; }

    /// <summary>The most that were in the making at one time.</summary>
    public int MostAtOnce { get; private set; }

    public void CreateFolder(string path)
    {
        if (path.EndsWith(".building", StringComparison.Ordinal))
        {
            Begun++;
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref writing));
            Gate.Wait();
        }
        disk.CreateFolder(path);
    }

    public Stream CreateFile(string path) => disk.CreateFile(path);

    public void FlushFile(Stream file) => disk.FlushFile(file);

    public void FlushFolder(string path) => disk.FlushFolder(path);

    public void RenameFolder(string from, string to)
    {
        if (from.EndsWith(".building", StringComparison.Ordinal))
            Interlocked.Decrement(ref writing);
        disk.RenameFolder(from, to);
    }

    public void DeleteFolder(string path) => disk.DeleteFolder(path);
}
