namespace ReLoRA.Data.Hub;

/// <summary>A part of a file that arrives in one or more attempts.</summary>
internal sealed class HubPart(HubConnection connection, HubRequest request, HubFile file, long offset, int count)
{
    private readonly byte[] _bytes = new byte[count];
    private int _arrived;

    /// <summary>Bytes that are there.</summary>
    public long Arrived => _arrived;

    /// <summary>Reads what is missing.</summary>
    /// <exception cref="HubInterruption">Some is still missing.</exception>
    /// <exception cref="DataException">It cannot be had.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken stop)
    {
        var from = offset + _arrived;
        using var response = await connection.GetAsync(
            request with
            {
                Range = HubRange.Of(from, offset + _bytes.Length - 1),
            },
            stop
        );
        if (response.Status == 206)
            HubRange.Require(response, file, from);
        else if (response.Status != 200 || from > 0)
            throw new HubInterruption(
                response.Address,
                $"a part was asked for, and {response.StatusText} is the answer"
            );
        while (_arrived < _bytes.Length)
        {
            var some = await response.ReadAsync(_bytes.AsMemory(_arrived), stop);
            if (some == 0)
                throw new HubInterruption(response.Address, $"ended after {_arrived} of {_bytes.Length} bytes");
            _arrived += some;
        }
        return _bytes;
    }
}
