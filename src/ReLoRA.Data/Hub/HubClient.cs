namespace ReLoRA.Data.Hub;

/// <summary>A hub that speaks as Hugging Face's does.</summary>
public sealed class HubClient : IHub, IDisposable
{
    private const int LongestAnswer = 1 << 26;

    private readonly HubConnection _connection;
    private readonly HubAddresses _addresses;
    private readonly HubRetry _retry;

    /// <summary>A client of a hub.</summary>
    /// <param name="settings">Which hub, and who asks.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <param name="clock">The clock that waits.</param>
    /// <param name="tell">Told in a line when the hub fails more than once in a row and is asked again. Default: nobody.</param>
    public HubClient(HubSettings settings, HubPatience patience, TimeProvider clock, Action<string>? tell = null)
    {
        _connection = new HubConnection(settings, patience, clock);
        _addresses = new HubAddresses(settings.Endpoint);
        _retry = new HubRetry(patience, clock, tell);
    }

    /// <inheritdoc/>
    public async Task<HubListing> ListAsync(HubRepository repository, CancellationToken stop)
    {
        HubNames.Require(repository);
        var (commit, _) = await AskAsync(_addresses.Revision(repository), HubJson.Commit, stop);
        var (files, seen) = (new List<HubFile>(), new HashSet<Uri>());
        for (HubRequest? page = _addresses.Tree(repository, commit); page is not null; )
        {
            if (!seen.Add(page.Address))
                throw Endless(page);
            var (some, next) = await AskAsync(page, HubJson.Files, stop);
            files.AddRange(some);
            page = next is null ? null : page with { Address = next };
        }
        files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new HubListing(repository, commit, [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(
        HubListing listing,
        HubFile file,
        long offset,
        int count,
        CancellationToken stop
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, file.Bytes - offset);
        var part = new HubPart(_connection, _addresses.File(listing, file), file, offset, count);
        return count == 0 ? [] : await _retry.RunAsync(() => part.ReadAsync(stop), () => part.Arrived, stop);
    }

    /// <inheritdoc/>
    public async Task FetchAsync(
        HubListing listing,
        HubFile file,
        string path,
        Action<long> received,
        CancellationToken stop
    )
    {
        var download = new HubDownload(_connection, _retry, _addresses.File(listing, file), file);
        await download.RunAsync(path, received, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private Task<(T Answer, Uri? Next)> AskAsync<T>(
        HubRequest request,
        Func<byte[], string, T> read,
        CancellationToken stop
    ) =>
        _retry.RunAsync(
            async () =>
            {
                using var response = await _connection.GetAsync(request, stop);
                var answer = await response.ReadAllAsync(LongestAnswer, stop);
                return (read(answer, response.Address), HubLink.Next(request.Address, response.Links));
            },
            () => 0,
            stop
        );

    private static DataException Endless(HubRequest page) =>
        new(
            DataFault.Network,
            $"{HubRedirect.Shown(page.Address)}: the pages of {page.What} lead back to one before. Check HF_ENDPOINT."
        );
}
