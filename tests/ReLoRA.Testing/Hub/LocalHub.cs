using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReLoRA.Testing.Hub;

/// <summary>A hub on this computer, over bare sockets so that it can do anything wrong.</summary>
public sealed class LocalHub : IDisposable
{
    /// <summary>The commit that every revision but <c>absent</c> names.</summary>
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();

    /// <summary>Starts it.</summary>
    public LocalHub()
    {
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Its files; those whose names end with <c>.bin</c> or <c>.parquet</c> are large ones.</summary>
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>What it does wrong; null for nothing.</summary>
    public Func<HubAsked, Misbehaviour?> Behave { get; set; } = _ => null;

    /// <summary>All that it was asked.</summary>
    public ConcurrentQueue<HubAsked> Asked { get; } = [];

    /// <summary>Entries of a page.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>What the list of files says in place of the truth.</summary>
    public string? Tree { get; set; }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Its address.</summary>
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The same by another name of its host.</summary>
    public string OtherAddress => $"http://localhost:{Port}";

    /// <summary>Requests for a file's bytes, in their order.</summary>
    public IReadOnlyList<HubAsked> AskedForFiles => [.. Asked.Where(asked => asked.IsFile)];

    /// <summary>Adds a file of drawn bytes.</summary>
    public byte[] Add(string path, int bytes)
    {
        var content = new byte[bytes];
        new Random(path.Length * 1009 + bytes).NextBytes(content);
        return Files[path] = content;
    }

    /// <summary>What a file is called in the cache.</summary>
    public static string ContentName(string path, byte[] content) =>
        IsLarge(path) ? Convert.ToHexStringLower(SHA256.HashData(content)) : GitOid(content);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Not disposed: connections that end later look at it, and a test may stop the hub before its end.
        end.Cancel();
        listener.Stop();
    }

    private static bool IsLarge(string path) =>
        path.EndsWith(".bin", StringComparison.Ordinal) || path.EndsWith(".parquet", StringComparison.Ordinal);

#pragma warning disable CA5350 // Git names its files by SHA-1.
    private static string GitOid(byte[] content) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = connection.GetStream();
            if (await AskedAsync(stream) is not { } asked)
                return;
            Asked.Enqueue(asked);
            await AnswerAsync(stream, asked, Behave(asked) ?? new Misbehaviour());
        }
        catch (Exception fault)
            when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked has gone, or the test is over.
        }
    }

    private static async Task<HubAsked?> AskedAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync() is not { } first)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var parts = line.Split(':', 2);
            headers[parts[0].ToLowerInvariant()] = parts[1].Trim();
        }
        return new HubAsked(first.Split(' ')[1], headers);
    }

    private Task AnswerAsync(NetworkStream stream, HubAsked asked, Misbehaviour wrong)
    {
        if (wrong.Status != 0)
            return SendAsync(stream, wrong.Status, [], [], wrong);
        var (path, query) = asked.Target.Split('?') is [var bare, var rest] ? (bare, rest) : (asked.Target, "");
        path = Uri.UnescapeDataString(path);
        if (path.Contains("/absent", StringComparison.Ordinal))
            return SendAsync(stream, 404, [], [], wrong);
        if (path.Contains("/revision/", StringComparison.Ordinal))
            return SendAsync(stream, 200, [], JsonSerializer.SerializeToUtf8Bytes(new { sha = Commit }), wrong);
        if (path.Contains("/tree/", StringComparison.Ordinal))
            return SendTreeAsync(stream, path, query, wrong);
        var name = path.Split($"/resolve/{Commit}/")[^1];
        return Files.TryGetValue(name, out var content)
            ? SendFileAsync(stream, asked.Range, content, wrong)
            : SendAsync(stream, 404, ["X-Error-Code: EntryNotFound"], [], wrong);
    }

    private Task SendTreeAsync(NetworkStream stream, string path, string query, Misbehaviour wrong)
    {
        var at = query.Split("cursor=") is [_, var cursor] ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        // Backwards: whoever lists has to sort.
        var page = Files.Reverse().Skip(at).Take(PageSize).Select(file => Entry(file.Key, file.Value)).ToList();
        string[] next =
            at + PageSize < Files.Count
                ? [$"Link: <{Address}{path}?recursive=true&cursor={at + PageSize}>; rel=\"next\""]
                : [];
        var body = Tree is { } told ? Encoding.UTF8.GetBytes(told) : JsonSerializer.SerializeToUtf8Bytes(page);
        return SendAsync(stream, 200, next, body, wrong);
    }

    private static Dictionary<string, object> Entry(string path, byte[] content)
    {
        var entry = new Dictionary<string, object>
        {
            ["type"] = "file",
            ["oid"] = GitOid(content),
            ["size"] = content.Length,
            ["path"] = path,
        };
        if (IsLarge(path))
            entry["lfs"] = new
            {
                oid = ContentName(path, content),
                size = content.Length,
                pointerSize = 130,
            };
        return entry;
    }

    private Task SendFileAsync(NetworkStream stream, string? range, byte[] content, Misbehaviour wrong)
    {
        if (range is null || wrong.IgnoresRange)
            return SendAsync(stream, 200, [], content, wrong);
        var bounds = range["bytes=".Length..].Split('-');
        var from = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        var to = bounds[1].Length > 0 ? int.Parse(bounds[1], CultureInfo.InvariantCulture) : content.Length - 1;
        if (from >= content.Length)
            return SendAsync(stream, 416, [], [], wrong);
        var told = $"Content-Range: bytes {from + wrong.RangeLie}-{to + wrong.RangeLie}/{content.Length}";
        return SendAsync(stream, 206, [told], content[from..(to + 1)], wrong);
    }

    private async Task SendAsync(NetworkStream stream, int status, string[] headers, byte[] content, Misbehaviour wrong)
    {
        var body = new byte[content.Length + wrong.Excess];
        content.CopyTo(body, 0);
        if (wrong.Corrupts && content.Length > 0)
            body[content.Length / 2] ^= 1;
        var length = Math.Max(0, body.Length + wrong.LengthLie);
        string[] head =
        [
            $"HTTP/1.1 {status} {(HttpStatusCode)status}",
            $"Content-Length: {length}",
            "Connection: close",
            .. headers,
            .. wrong.Headers,
        ];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"), end.Token);
        var sent = Math.Min(body.Length, wrong.DropAfter);
        await stream.WriteAsync(body.AsMemory(0, sent / 2), end.Token);
        if (wrong.Silence > TimeSpan.Zero)
            await Task.Delay(wrong.Silence, end.Token);
        await stream.WriteAsync(body.AsMemory(sent / 2, sent - sent / 2), end.Token);
    }
}
