namespace ReLoRA.Data.Hub;

/// <summary>The folders of the hub's Python library, by its variables.</summary>
internal sealed class HubPlaces(Func<string, string?> variable)
{
    public string Cache => Folder("HF_HUB_CACHE") ?? Path.Combine(Home, "hub");

    public string TokenFile => Folder("HF_TOKEN_PATH") ?? Path.Combine(Home, "token");

    private string Home =>
        Folder("HF_HOME") ?? Path.Combine(Folder("XDG_CACHE_HOME") ?? Path.Combine(User, ".cache"), "huggingface");

    private string User =>
        Value("HOME")
        ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) switch
        {
            { Length: > 0 } home => home,
            _ => throw new DataException(
                DataFault.Environment,
                "There is no home folder to keep the hub's files in. Set HF_HOME to a folder."
            ),
        };

    /// <summary>The value of a variable; null where it is not set or empty.</summary>
    public string? Value(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;

    private string? Folder(string name) =>
        Value(name) switch
        {
            "~" => User,
            ['~', '/', .. var rest] => Path.Combine(User, rest),
            { } path => Path.GetFullPath(path),
            null => null,
        };
}
