using ReLoRA.Core.Checkpoints;

namespace ReLoRA.Core.Tests.Checkpoints;

/// <summary>A disk of which one operation fails. What it was to do, it does by half.</summary>
/// <param name="failing">The operation's number, from 1; 0 fails none.</param>
/// <param name="fault">How it fails.</param>
internal sealed class FailingDisk(int failing, DiskFault fault) : IDisk
{
    private readonly Disk disk = new();

    /// <summary>Operations so far.</summary>
    public int Count { get; private set; }

    public bool HasFailed => failing > 0 && Count >= failing;

    public void CreateFolder(string path) => Do(() => disk.CreateFolder(path), () => { });

    public Stream CreateFile(string path)
    {
        Do(() => { }, () => File.WriteAllText(path, ""));
        return new FailingStream(this, disk.CreateFile(path));
    }

    public void FlushFile(Stream file) => Do(() => disk.FlushFile(((FailingStream)file).Target), () => { });

    public void FlushFolder(string path) => Do(() => disk.FlushFolder(path), () => { });

    public void RenameFolder(string from, string to) => Do(() => disk.RenameFolder(from, to), () => { });

    public void DeleteFolder(string path) =>
        Do(
            () => disk.DeleteFolder(path),
            () =>
            {
                if (Directory.EnumerateFiles(path).FirstOrDefault() is { } first)
                    File.Delete(first);
            }
        );

    internal void Do(Action whole, Action half)
    {
        Count++;
        if (failing == 0 || Count < failing || (Count > failing && fault == DiskFault.Once))
        {
            whole();
            return;
        }
        if (Count == failing)
            half();
        throw fault == DiskFault.Kill ? new KilledException() : new IOException("No space left on device");
    }
}
