namespace ReLoRA.Data.Hub;

/// <summary>
/// Where the hub is and where its files are kept, by the same variables as its Python library. The token is part of it and is in no text
/// that is made of it.
/// </summary>
public sealed record HubSettings
{
    /// <summary>The hub's address, without a slash at its end. Default: <c>https://huggingface.co</c>.</summary>
    public string Endpoint { get; init; } = "https://huggingface.co";

    /// <summary>The folder of the cache, shared with the Python library.</summary>
    public required string Cache { get; init; }

    /// <summary>Whether the hub may not be asked for anything. Default: no.</summary>
    public bool IsOffline { get; init; }

    /// <summary>What says to the hub who asks. Not public: a record's text holds what is.</summary>
    internal string? Token { get; init; }

    /// <summary>
    /// Settings by <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c>, <c>HF_TOKEN_PATH</c>, <c>HF_HOME</c>, <c>HF_HUB_CACHE</c>, <c>HF_HUB_OFFLINE</c> and
    /// <c>XDG_CACHE_HOME</c>.
    /// </summary>
    /// <param name="variable">The value of a variable, null where it is not set.</param>
    /// <exception cref="DataException">A variable has a value that it cannot have, or the token's file cannot be read.</exception>
    public static HubSettings FromEnvironment(Func<string, string?> variable)
    {
        var places = new HubPlaces(variable);
        return new HubSettings
        {
            Endpoint = EndpointOf(places.Value("HF_ENDPOINT") ?? "https://huggingface.co"),
            Cache = places.Cache,
            IsOffline = places.Value("HF_HUB_OFFLINE")?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
            Token = HubToken.Of(places),
        };
    }

    private static string EndpointOf(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0
        && address.Query.Length == 0
        && address.Fragment.Length == 0
            ? address.AbsoluteUri.TrimEnd('/')
            : throw new DataException(
                DataFault.InvalidValue,
                // Not the value: it may hold a password.
                "HF_ENDPOINT is no address of a hub; allowed: https://HOST or http://HOST, without user, password and query. Correct it, or "
                    + "unset it for https://huggingface.co."
            );
}
