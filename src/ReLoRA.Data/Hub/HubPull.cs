namespace ReLoRA.Data.Hub;

/// <summary>
/// Fetches a repository's files into the cache that is shared with the hub's Python library, several at once. What is there is not asked
/// for again, and what had arrived before an interruption is gone on with.
/// </summary>
public static class HubPull
{
    /// <summary>Tells what a pull would fetch.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The commit, and of its files those that are wanted.</returns>
    /// <exception cref="DataException">The options are at fault, the hub cannot be asked, or no file is wanted.</exception>
    public static async Task<HubListing> SelectAsync(HubPullOptions options, IHub hub, CancellationToken stop = default)
    {
        options.Require();
        return HubSelection.Of(await hub.ListAsync(options.Repository, stop), options);
    }

    /// <summary>Fetches.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="settings">Where the cache is.</param>
    /// <param name="clock">The clock that waits for other processes.</param>
    /// <param name="progress">Told from several threads, one at a time, often.</param>
    /// <param name="stop">Stops it; the same call then goes on.</param>
    /// <exception cref="DataException">
    /// The options, the hub or the disk are at fault. Nothing new was begun then, and complete files are kept.
    /// </exception>
    public static async Task<HubPullResult> RunAsync(
        HubPullOptions options,
        IHub hub,
        HubSettings settings,
        TimeProvider clock,
        Action<HubPullProgress>? progress = null,
        CancellationToken stop = default
    )
    {
        var listing = await SelectAsync(options, hub, stop);
        if (options.Output is { } wanted)
            HubOutput.Require(wanted, listing);
        var cache = new HubCache(settings.Cache, options.Repository);
        cache.Prepare();
        // Files of one content are one download.
        var contents = listing.Files.GroupBy(file => file.ContentName, StringComparer.Ordinal).ToList();
        var missing = contents.Select(content => content.First()).Where(file => !cache.Has(file));
        HubSpace.Require(settings.Cache, missing.Sum(file => (decimal)(file.Bytes - cache.Kept(file))));

        var tally = new HubTally(listing.Files.Count, contents.Sum(content => content.First().Bytes), progress);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = stop };
        await Parallel.ForEachAsync(contents, atOnce, FetchAsync);

        using var names = await HubLock.HoldAsync(cache.NamesLock, clock, tally.Wait, stop);
        cache.Note(options.Repository.Revision, listing.Commit);
        if (options.Output is { } output)
            HubOutput.Fill(output, listing, cache);
        return new HubPullResult(listing, options.Output ?? cache.Snapshot(listing.Commit), tally.BytesNow);

        async ValueTask FetchAsync(IGrouping<string, HubFile> content, CancellationToken either)
        {
            var file = content.First();
            if (!cache.Has(file))
            {
                using var held = await HubLock.HoldAsync(cache.Lock(file), clock, tally.Wait, either);
                await FetchOneAsync(file, either);
            }
            else
                tally.Keep(file.Bytes);
            foreach (var name in content)
                cache.Name(listing.Commit, name);
            tally.Complete(content.Count());
        }

        async Task FetchOneAsync(HubFile file, CancellationToken either)
        {
            // Another process may have fetched it meanwhile.
            if (cache.Has(file))
            {
                tally.Keep(file.Bytes);
                return;
            }
            var kept = cache.Kept(file);
            tally.Keep(kept);
            var isFirst = kept > 0;
            await hub.FetchAsync(listing, file, cache.Blob(file), Receive, either);

            void Receive(long count)
            {
                // What was kept is told first.
                tally.Receive(isFirst ? count - kept : count);
                isFirst = false;
            }
        }
    }
}
