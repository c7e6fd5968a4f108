using System.Net.Http.Headers;

namespace ReLoRA.Data.Hub;

/// <summary>An answer whose body is still arriving.</summary>
internal sealed class HubResponse(HttpResponseMessage message, Stream body, string address, HubWatch watch)
    : IDisposable
{
    private const int ReadAtOnce = 1 << 16;

    /// <summary>What was asked, as it may be shown.</summary>
    public string Address => address;

    public int Status => (int)message.StatusCode;

    public string StatusText => $"{Status} {message.ReasonPhrase}".TrimEnd();

    public string? Location => Values("Location").FirstOrDefault();

    public ContentRangeHeaderValue? Range => message.Content.Headers.ContentRange;

    public RetryConditionHeaderValue? RetryAfter => message.Headers.RetryAfter;

    public IEnumerable<string> Links => Values("Link");

    /// <summary>Which fault the hub says it is; empty where it does not.</summary>
    public string ErrorCode => Values("X-Error-Code").FirstOrDefault("");

    /// <summary>Whether the bytes are sent as they are kept.</summary>
    public bool IsPlain => message.Content.Headers.ContentEncoding.All(encoding => encoding == "identity");

    /// <summary>Reads what arrives next; 0 at the end.</summary>
    /// <exception cref="HubInterruption">The connection broke.</exception>
    public Task<int> ReadAsync(Memory<byte> buffer, CancellationToken stop) =>
        watch.AwaitAsync(address, either => body.ReadAsync(buffer, either), stop);

    /// <summary>Reads to the end.</summary>
    /// <exception cref="HubInterruption">The connection broke, or there is more than allowed.</exception>
    public async Task<byte[]> ReadAllAsync(int most, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var buffer = new byte[ReadAtOnce];
        for (int count; (count = await ReadAsync(buffer, stop)) > 0; )
        {
            if (all.Length + count > most)
                throw new HubInterruption(address, $"the answer has more than {most} bytes");
            all.Write(buffer, 0, count);
        }
        return all.ToArray();
    }

    public void Dispose() => message.Dispose();

    private IEnumerable<string> Values(string header) =>
        message.Headers.TryGetValues(header, out var values) ? values : [];
}
