using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Watching;

/// <summary>
/// Serves the live pages to this machine alone: it listens on the loopback address, answers only to its name, so that no other site can
/// have a browser ask, and its pages may load nothing from elsewhere.
/// </summary>
public sealed class LiveServer : IDisposable
{
    /// <summary>The port where none is given; the next ones where it is taken.</summary>
    public const int DefaultPort = 8765;

    private const int PortsToTry = 20;

    private const string OwnThingsOnly =
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly HttpListener listener;
    private readonly LiveSite site;

    private LiveServer(HttpListener listener, LiveSite site, int port) =>
        (this.listener, this.site, Address) = (listener, site, Prefix(port));

    /// <summary>Where a browser finds it.</summary>
    public string Address { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="site">What is served.</param>
    /// <param name="port">The port; null for <see cref="DefaultPort"/> or one after it.</param>
    /// <exception cref="UserFaultException">The port is taken or not allowed.</exception>
    public static LiveServer Start(LiveSite site, int? port)
    {
        if (port is < 1 or > 65_535)
            throw new UserFaultException($"--port is {port}; allowed: 1 to 65535.");
        if (port is { } given)
            return TryStart(site, given, out var fault) ?? throw Taken(given, fault!);
        for (var next = DefaultPort; next < DefaultPort + PortsToTry; next++)
            if (TryStart(site, next, out _) is { } server)
                return server;
        throw new UserFaultException(
            $"The ports {DefaultPort} to {DefaultPort + PortsToTry - 1} are taken. Give another: --port."
        );
    }

    /// <summary>Answers until it is stopped.</summary>
    /// <param name="stop">Stops it.</param>
    public async Task ServeAsync(CancellationToken stop)
    {
        using var stopping = stop.Register(listener.Stop);
        while (!stop.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e)
                when (stop.IsCancellationRequested
                    && e is HttpListenerException or ObjectDisposedException or InvalidOperationException
                )
            {
                return;
            }
            await AnswerAsync(context).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Close();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var answer =
            context.Request.HttpMethod == "GET"
                ? Answer(context.Request.Url!.AbsolutePath)
                : LiveAnswer.Words(405, "These pages are only read.");
        var response = context.Response;
        try
        {
            var bytes = Encoding.UTF8.GetBytes(answer.Content);
            response.StatusCode = answer.Status;
            response.ContentType = answer.Type;
            response.ContentLength64 = bytes.Length;
            response.Headers["Content-Security-Policy"] = OwnThingsOnly;
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.Headers["Cache-Control"] = "no-cache";
            if (answer.Location.Length > 0)
                response.Headers["Location"] = answer.Location;
            await response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser went away in the middle: nobody is left to be told.
            response.Abort();
        }
    }

    private LiveAnswer Answer(string path)
    {
        try
        {
            return site.Answer(path);
        }
        // The outermost place: a folder that goes, or a fault of a report, is for the page to tell, and no end of the watching.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return LiveAnswer.Words(500, fault.Message);
        }
    }

    private static LiveServer? TryStart(LiveSite site, int port, out Exception? fault)
    {
        var listener = new HttpListener();
        listener.Prefixes.Add(Prefix(port));
        try
        {
            listener.Start();
            fault = null;
            return new LiveServer(listener, site, port);
        }
        catch (Exception e) when (e is HttpListenerException or SocketException)
        {
            listener.Close();
            fault = e;
            return null;
        }
    }

    private static string Prefix(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/");

    private static UserFaultException Taken(int port, Exception fault) =>
        new(
            $"Port {port} cannot be had: {fault.Message} Give another, or none for the first that is free (--port).",
            fault
        );
}
