namespace ReLoRA.Core.Checkpoints;

/// <summary>The machine's own disk.</summary>
internal sealed class Disk : IDisk
{
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public Stream CreateFile(string path) =>
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void FlushFile(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public void FlushFolder(string path) => DiskFlush.Folder(path);

    public void RenameFolder(string from, string to) => Directory.Move(from, to);

    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);
}
