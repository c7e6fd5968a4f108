using System.Text.RegularExpressions;

namespace ReLoRA.Data.Hub;

/// <summary>Names that become addresses and paths: none may lead out of its folder.</summary>
internal static partial class HubNames
{
    /// <summary>What is wrong with a repository's name and revision.</summary>
    public static IEnumerable<string> Faults(HubRepository repository)
    {
        if (!Name().IsMatch(repository.Name) || repository.Name.Contains("--", StringComparison.Ordinal))
            yield return $"The repository is \"{Shown(repository.Name)}\"; allowed: OWNER/NAME, as in pico-lm/pretokenized-dolma, of letters, "
                + "digits, '.', '_' and '-'. Copy it from the hub's page.";
        if (!IsPath(repository.Revision))
            yield return $"The revision is \"{Shown(repository.Revision)}\"; allowed: a branch, a tag or a commit. Correct --revision.";
    }

    /// <exception cref="DataException">A name is none.</exception>
    public static void Require(HubRepository repository)
    {
        if (Faults(repository).ToList() is { Count: > 0 } faults)
            throw new DataException(DataFault.InvalidValue, string.Join('\n', faults));
    }

    /// <summary>Whether a path stays in its folder and can be shown: parts with <c>/</c> between them, none empty, <c>.</c> or <c>..</c>.</summary>
    public static bool IsPath(string path) =>
        path.Split('/').All(part => part is not ("" or "." or ".."))
        && !path.Contains('\\')
        && !path.Any(char.IsControl);

    public static bool IsSha1(string? text) => text is not null && Sha1().IsMatch(text);

    public static bool IsSha256(string? text) => text is not null && Sha256().IsMatch(text);

    /// <summary>A text from elsewhere as a message may hold it.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));

    [GeneratedRegex(@"^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})?\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Sha1();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
