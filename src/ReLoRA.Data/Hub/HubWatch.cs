using System.Security.Authentication;

namespace ReLoRA.Data.Hub;

/// <summary>Watches over what is awaited of the network: what is silent for too long, or breaks, becomes an interruption.</summary>
internal sealed class HubWatch(TimeSpan silence, TimeProvider clock)
{
    /// <exception cref="HubInterruption">It was silent or broke.</exception>
    /// <exception cref="DataException">The server does not prove who it is.</exception>
    public async Task<T> AwaitAsync<T>(
        string address,
        Func<CancellationToken, ValueTask<T>> work,
        CancellationToken stop
    )
    {
        using var silent = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, silent.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException fault) when (!stop.IsCancellationRequested)
        {
            throw new HubInterruption(address, $"nothing arrived for {silence.TotalSeconds:F0} s", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            stop.ThrowIfCancellationRequested();
            if (fault.InnerException is AuthenticationException refused)
                throw new DataException(
                    DataFault.Network,
                    $"{address}: no secure connection: {refused.Message} Check HF_ENDPOINT, the computer's clock and its certificates.",
                    fault
                );
            throw new HubInterruption(address, $"the connection failed: {fault.Message.TrimEnd('.')}", fault);
        }
    }
}
