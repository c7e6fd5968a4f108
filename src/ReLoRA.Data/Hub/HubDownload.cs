namespace ReLoRA.Data.Hub;

/// <summary>A file that is downloaded: it goes on from what has arrived, and has its name only when its hash is right.</summary>
internal sealed class HubDownload(HubConnection connection, HubRetry retry, HubRequest request, HubFile file)
{
    private const int ReadAtOnce = 1 << 18;

    /// <exception cref="DataException">The hub gives something else, or the file cannot be written.</exception>
    public async Task RunAsync(string path, Action<long> received, CancellationToken stop)
    {
        var partial = path + DataFiles.PartialSuffix;
        using (var arriving = HubPartial.Open(partial, file, received, stop))
        {
            var first = await HashAsync(arriving, stop);
            if (
                first != file.ContentName
                && await AgainAsync(arriving, stop) is var second
                && second != file.ContentName
            )
            {
                arriving.StartOver();
                throw Wrong(second);
            }
            arriving.Flush();
        }
        DataFiles.Guard(
            path,
            "file",
            () =>
            {
                File.Move(partial, path, overwrite: true);
            }
        );
    }

    private Task<string> AgainAsync(HubPartial arriving, CancellationToken stop)
    {
        arriving.StartOver();
        return HashAsync(arriving, stop);
    }

    private async Task<string> HashAsync(HubPartial arriving, CancellationToken stop)
    {
        var buffer = new byte[ReadAtOnce];
        return await retry.RunAsync(
            async () =>
            {
                if (arriving.Arrived < file.Bytes)
                    await ArriveAsync(arriving, buffer, stop);
                return arriving.Hash();
            },
            () => arriving.Arrived,
            stop
        );
    }

    private async Task ArriveAsync(HubPartial arriving, byte[] buffer, CancellationToken stop)
    {
        var from = arriving.Arrived;
        using var response = await connection.GetAsync(
            from == 0 ? request : request with { Range = HubRange.Of(from) },
            stop
        );
        if (response.Status == 416)
        {
            arriving.StartOver();
            throw new HubInterruption(response.Address, $"{response.StatusText} at byte {from} of {file.Bytes}");
        }
        if (response.Status == 206)
            HubRange.Require(response, file, from);
        else
            arriving.StartOver();
        // What a server sends beyond the file's end is left alone; the hash tells whether the rest is the file.
        while (arriving.Arrived < file.Bytes)
        {
            var wanted = (int)Math.Min(buffer.Length, file.Bytes - arriving.Arrived);
            var count = await response.ReadAsync(buffer.AsMemory(0, wanted), stop);
            if (count == 0)
                throw new HubInterruption(response.Address, $"ended after {arriving.Arrived} of {file.Bytes} bytes");
            arriving.Append(buffer.AsMemory(0, count));
        }
    }

    private DataException Wrong(string found) =>
        new(
            DataFault.Mismatch,
            $"{request.What}: arrived twice with other content than the hub lists: hash {found}; expected {file.ContentName}. Nothing was kept. "
                + "Try again later, or through another network."
        );
}
