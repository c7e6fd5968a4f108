using System.Collections.Concurrent;
using System.Security.Cryptography;
using ReLoRA.Data.Hub;

namespace ReLoRA.Data.Tests.Support;

/// <summary>A hub whose only repository is a folder.</summary>
internal sealed class FolderHub(string folder) : IHub
{
    /// <summary>The commit that branches name now.</summary>
    public string Head { get; set; } = "c0ffee";

    /// <summary>Files fetched, in order.</summary>
    public ConcurrentQueue<string> Fetched { get; } = [];

    /// <summary>Awaited before each file is given.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Task<HubListing> ListAsync(HubRepository repository, CancellationToken stop)
    {
        var files = Directory
            .EnumerateFiles(folder)
            .Select(path => new HubFile(
                Path.GetFileName(path),
                new FileInfo(path).Length,
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
                "oid"
            ))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        var commit = repository.Revision == "main" ? Head : repository.Revision;
        return Task.FromResult(new HubListing(repository, commit, [.. files]));
    }

    public async Task<byte[]> ReadAsync(
        HubListing listing,
        HubFile file,
        long offset,
        int count,
        CancellationToken stop
    )
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file.Path), stop);
        return bytes[(int)offset..(int)(offset + count)];
    }

    public async Task FetchAsync(
        HubListing listing,
        HubFile file,
        string path,
        Action<long> received,
        CancellationToken stop
    )
    {
        await Before(file.Path).WaitAsync(stop);
        Fetched.Enqueue(file.Path);
        File.Copy(Path.Combine(folder, file.Path), path + DataFiles.PartialSuffix, overwrite: true);
        received(file.Bytes);
        File.Move(path + DataFiles.PartialSuffix, path, overwrite: true);
    }
}
