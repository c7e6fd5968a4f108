namespace ReLoRA.Data.Hub;

/// <summary>Where a redirect leads.</summary>
internal static class HubRedirect
{
    /// <exception cref="DataException">It leads nowhere, or from a secure connection to one that is not.</exception>
    public static Uri Follow(Uri address, string? location)
    {
        if (location is null || !Uri.TryCreate(address, location, out var next) || !IsWeb(next))
            throw new DataException(
                DataFault.Network,
                $"{Shown(address)}: a redirect without an address on the web. Check HF_ENDPOINT."
            );
        if (address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
            throw new DataException(
                DataFault.Network,
                $"{Shown(address)}: redirects from https to http at {next.Authority}, which is refused: the way there is not secure. "
                    + "Check HF_ENDPOINT and the network."
            );
        return next;
    }

    public static DataException TooMany(Uri address, int most) =>
        new(
            DataFault.Network,
            $"{Shown(address)}: more than {most} redirects, one after another. Check HF_ENDPOINT and the network."
        );

    /// <summary>An address for messages: without user and query, by which storage lets in whoever knows them.</summary>
    public static string Shown(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    private static bool IsWeb(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;
}
