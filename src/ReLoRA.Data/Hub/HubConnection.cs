using System.Net;
using System.Net.Http.Headers;

namespace ReLoRA.Data.Hub;

/// <summary>
/// Asks over HTTP and follows redirects by itself: the token goes to the hub's own host only, and is not sent any more once a redirect has
/// led elsewhere.
/// </summary>
internal sealed class HubConnection : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HubSettings _settings;
    private readonly HubWatch _watch;
    private readonly Uri _hub;
    private readonly HttpClient _client;

    public HubConnection(HubSettings settings, HubPatience patience, TimeProvider clock)
    {
        (_settings, _watch, _hub) = (settings, new HubWatch(patience.Silence, clock), new Uri(settings.Endpoint));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // Addresses of storage change while a pull runs for hours.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        var version = typeof(HubConnection).Assembly.GetName().Version?.ToString(3) ?? "0";
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("relora", version));
        // Sizes, ranges and hashes are those of the bytes as they are kept.
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>Asks, and follows redirects.</summary>
    /// <returns>An answer of status 200, 206 or 416.</returns>
    /// <exception cref="HubInterruption">It failed in a way that may pass.</exception>
    /// <exception cref="DataException">It failed.</exception>
    public async Task<HubResponse> GetAsync(HubRequest request, CancellationToken stop)
    {
        if (_settings.IsOffline)
            throw new DataException(
                DataFault.Network,
                $"{request.What}: HF_HUB_OFFLINE is set, so the hub is not asked. Unset it to pull."
            );
        var (address, isKnown) = (request.Address, true);
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            isKnown &= IsOfHub(address);
            var response = await SendAsync(address, request, isKnown, stop);
            if (response.Status is not (301 or 302 or 303 or 307 or 308))
                return Checked(response, request, isKnown);
            using (response)
                address = HubRedirect.Follow(address, response.Location);
        }
        throw HubRedirect.TooMany(request.Address, MostRedirects);
    }

    public void Dispose() => _client.Dispose();

    private bool IsOfHub(Uri address) =>
        address.Scheme == _hub.Scheme
        && address.Port == _hub.Port
        && address.Host.Equals(_hub.Host, StringComparison.OrdinalIgnoreCase);

    private async Task<HubResponse> SendAsync(Uri address, HubRequest request, bool isKnown, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.Range = request.Range;
        if (isKnown && _settings.Token is { } token)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var shown = HubRedirect.Shown(address);
        var answer = await _watch.AwaitAsync(
            shown,
            async either =>
            {
                var got = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either);
                return (Message: got, Body: await got.Content.ReadAsStreamAsync(either));
            },
            stop
        );
        return new HubResponse(answer.Message, answer.Body, shown, _watch);
    }

    private HubResponse Checked(HubResponse response, HubRequest request, bool isOfHub)
    {
        if (response.Status is 200 or 206 or 416 && response.IsPlain)
            return response;
        using (response)
            throw HubRefusal.Of(response, request.What, isOfHub, _settings.Token is not null);
    }
}
