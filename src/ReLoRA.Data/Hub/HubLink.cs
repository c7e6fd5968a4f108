using System.Text.RegularExpressions;

namespace ReLoRA.Data.Hub;

/// <summary>The next page of a list, as a <c>Link</c> header names it.</summary>
internal static partial class HubLink
{
    /// <summary>The next page; null where there is none.</summary>
    /// <exception cref="DataException">It is no address on the web.</exception>
    public static Uri? Next(Uri page, IEnumerable<string> links) =>
        links.Select(link => NextOne().Match(link)).FirstOrDefault(match => match.Success) is { } found
            ? HubRedirect.Follow(page, found.Groups[1].Value)
            : null;

    [GeneratedRegex("""<([^>]*)>[^<]*;\s*rel="?next"?""")]
    private static partial Regex NextOne();
}
