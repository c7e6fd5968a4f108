namespace ReLoRA.Core.Checkpoints;

/// <summary>The file operations of a save, one by one, so that tests can let each of them fail.</summary>
internal interface IDisk
{
    /// <summary>Makes a folder and those above it.</summary>
    void CreateFolder(string path);

    /// <summary>Makes a file. What is written goes to the operating system at once.</summary>
    Stream CreateFile(string path);

    /// <summary>Waits until the disk has a file's content.</summary>
    void FlushFile(Stream file);

    /// <summary>Waits until the disk has a folder's entries.</summary>
    void FlushFolder(string path);

    /// <summary>Renames a folder. The new name is free.</summary>
    void RenameFolder(string from, string to);

    /// <summary>Deletes a folder and what is in it.</summary>
    void DeleteFolder(string path);
}
