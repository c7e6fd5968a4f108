namespace ReLoRA.Data.Hub;

/// <summary>What an answer means that is not what was asked for.</summary>
internal static class HubRefusal
{
    /// <param name="response">The answer.</param>
    /// <param name="what">What was asked for.</param>
    /// <param name="isOfHub">Whether it is the hub itself that answers, and not storage that it redirects to.</param>
    /// <param name="hasToken">Whether a token is sent.</param>
    public static Exception Of(HubResponse response, string what, bool isOfHub, bool hasToken) =>
        response.Status switch
        {
            408 or 429 or >= 500 => Passing(response),
            // Addresses in storage are signed and expire; the hub gives another.
            401 or 403 when !isOfHub => Passing(response),
            200 or 206 => new HubInterruption(response.Address, "the bytes are compressed, which was not asked for"),
            401 or 403 => Final(response, Closed(what, hasToken)),
            404 or 410 => Final(response, Absent(response, what)),
            _ => Final(response, $"{what} cannot be had. Check HF_ENDPOINT and the name."),
        };

    private static HubInterruption Passing(HubResponse response) =>
        new(response.Address, response.StatusText)
        {
            Asked = response.RetryAfter?.Delta,
            AskedUntil = response.RetryAfter?.Date,
        };

    private static DataException Final(HubResponse response, string message) =>
        new(DataFault.Network, $"{response.Address}: {response.StatusText}: {message}");

    private static string Closed(string what, bool hasToken) =>
        $"{what} is gated or private, or does not exist. "
        + (
            hasToken
                ? "The token that was sent gives no access: ask for it on the repository's page, or set HF_TOKEN to another."
                : "Check the name, ask for access on the repository's page, and set HF_TOKEN to a token of yours."
        );

    private static string Absent(HubResponse response, string what) =>
        response.ErrorCode switch
        {
            "RevisionNotFound" => $"{what}: no such revision. Check --revision.",
            "EntryNotFound" => $"{what}: no such file.",
            _ =>
                $"{what}: not found. Check the name and the revision, whether it is a dataset or a model (--model), and if it is "
                    + "private set HF_TOKEN.",
        };
}
