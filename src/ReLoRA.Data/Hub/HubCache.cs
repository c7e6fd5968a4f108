namespace ReLoRA.Data.Hub;

/// <summary>
/// The cache of one repository, in the layout of the hub's Python library, so that both find what the other has fetched: content under
/// <c>blobs</c> by its hash, names under <c>snapshots</c> that point to it, and under <c>refs</c> which commit a revision was.
/// </summary>
internal sealed class HubCache
{
    private readonly string _folder;
    private readonly string _locks;

    public HubCache(string root, HubRepository repository)
    {
        var name = $"{repository.Kinds}--{repository.Name.Replace("/", "--", StringComparison.Ordinal)}";
        (_folder, _locks) = (Path.Combine(root, name), Path.Combine(root, ".locks", name));
    }

    /// <summary>Makes its folders.</summary>
    /// <exception cref="DataException">They cannot be made.</exception>
    public void Prepare()
    {
        foreach (var folder in new[] { Path.Combine(_folder, "blobs"), _locks })
            DataFiles.Guard(folder, "folder of the cache", () => Directory.CreateDirectory(folder));
    }

    /// <summary>Where the content of a file is.</summary>
    public string Blob(HubFile file) => Path.Combine(_folder, "blobs", file.ContentName);

    /// <summary>What is held by whoever fetches a file, Python included.</summary>
    public string Lock(HubFile file) => Path.Combine(_locks, $"{file.ContentName}.lock");

    /// <summary>What is held while names outside of <c>blobs</c> are written.</summary>
    public string NamesLock => Path.Combine(_locks, "relora.lock");

    /// <summary>The folder of a commit's files.</summary>
    public string Snapshot(string commit) => Path.Combine(_folder, "snapshots", commit);

    /// <summary>Whether a file's content is there as a whole.</summary>
    public bool Has(HubFile file) => Size(Blob(file)) == file.Bytes;

    /// <summary>How many bytes an interrupted download has left that can be gone on with.</summary>
    public long Kept(HubFile file) =>
        Size(Blob(file) + DataFiles.PartialSuffix) is var kept && kept > 0 && kept <= file.Bytes ? kept : 0;

    /// <summary>Gives a file's content its name in a commit.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public void Name(string commit, HubFile file)
    {
        var path = Path.Combine(Snapshot(commit), file.Path);
        var target = Path.GetRelativePath(Path.GetDirectoryName(path)!, Blob(file));
        var isLinked = DataFiles.Guard(
            path,
            "file of the cache",
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return TryLink(path, target);
            }
        );
        if (!isLinked)
            HardLink.LinkOrCopy(Blob(file), path);
    }

    /// <summary>Notes which commit a revision was.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public void Note(string revision, string commit)
    {
        if (revision != commit)
            DataFiles.Publish(Path.Combine(_folder, "refs", revision), System.Text.Encoding.ASCII.GetBytes(commit));
    }

    private static bool TryLink(string path, string target)
    {
        if (IsLinked())
            return true;
        try
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another process was faster; or this is one of the file systems that know no symbolic links, where a hard link or a copy is
            // as good.
            return IsLinked();
        }

        bool IsLinked() => new FileInfo(path).LinkTarget == target;
    }

    private static long Size(string path) => DataFiles.Info(path) is { Exists: true } file ? file.Length : -1;
}
