namespace ReLoRA.Data.Hub;

/// <summary>A hub of repositories. Safe for use by several threads.</summary>
public interface IHub
{
    /// <summary>Lists a repository.</summary>
    /// <param name="repository">The repository and its revision.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="DataException">There is no such repository or revision, it may not be read, or the hub cannot be reached.</exception>
    Task<HubListing> ListAsync(HubRepository repository, CancellationToken stop);

    /// <summary>Reads a part of a file.</summary>
    /// <param name="listing">The commit.</param>
    /// <param name="file">The file.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="count">How many; the part has to lie inside the file.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="DataException">The hub cannot be reached, or gives something else.</exception>
    Task<byte[]> ReadAsync(HubListing listing, HubFile file, long offset, int count, CancellationToken stop);

    /// <summary>
    /// Downloads a file. What had arrived before an interruption is kept beside it (<c>.partial</c>) and is not asked for again; size and hash are
    /// checked, and only then has it its name.
    /// </summary>
    /// <param name="listing">The commit.</param>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it shall be; its folder has to exist.</param>
    /// <param name="received">Told bytes as they arrive, those kept from before included; negative where bytes had to be thrown away.</param>
    /// <param name="stop">Stops it; the same call then goes on.</param>
    /// <exception cref="DataException">
    /// The hub cannot be reached or gives something else (<see cref="DataFault.Network"/>, <see cref="DataFault.Mismatch"/>), or the file cannot
    /// be written.
    /// </exception>
    Task FetchAsync(HubListing listing, HubFile file, string path, Action<long> received, CancellationToken stop);
}
