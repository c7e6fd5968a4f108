using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Checkpoints;

/// <summary>A disk that takes nothing from a process whose cell another has taken over.</summary>
/// <param name="disk">The disk.</param>
/// <param name="fence">Tells whose the cell is.</param>
internal sealed class FencedDisk(IDisk disk, CellFence fence) : IDisk
{
    public void CreateFolder(string path) => Guarded().CreateFolder(path);

    public Stream CreateFile(string path) => Guarded().CreateFile(path);

    public void FlushFile(Stream file) => disk.FlushFile(file);

    public void FlushFolder(string path) => disk.FlushFolder(path);

    public void RenameFolder(string from, string to) => Guarded().RenameFolder(from, to);

    public void DeleteFolder(string path) => Guarded().DeleteFolder(path);

    private IDisk Guarded()
    {
        fence.Require();
        return disk;
    }
}
