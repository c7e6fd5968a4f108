using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Slurm;

/// <summary>
/// A site's settings, for all sweeps: <c>relora.slurm.json</c> beside a script or in a folder above it, and <c>relora/slurm.json</c> in the
/// user's folder of settings. What the nearer says goes before.
/// </summary>
public static class SlurmProfile
{
    /// <summary>The file's name beside scripts.</summary>
    public const string FileName = "relora.slurm.json";

    private static readonly string[] Keys =
    [
        "partition",
        "time",
        "gpus",
        "cpus",
        "mem",
        "array_limit",
        "account",
        "setup",
        "sbatch_args",
        "pack",
        "ranks",
        "warning",
    ];

    /// <summary>The profiles that hold for a script, the nearest first.</summary>
    /// <param name="scriptFolder">The script's folder.</param>
    /// <param name="settingsFolder">The user's folder of settings; empty for none.</param>
    /// <exception cref="UserFaultException">One cannot be read, or has faults; the message lists all.</exception>
    public static IReadOnlyList<SlurmChoice> For(string scriptFolder, string settingsFolder)
    {
        var near = Folders(scriptFolder).Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);
        var own = settingsFolder.Length == 0 ? null : Path.Combine(settingsFolder, "relora", "slurm.json");
        return [.. new[] { near, own }.OfType<string>().Where(File.Exists).Select(Read)];
    }

    /// <summary>The user's folder of settings: <c>XDG_CONFIG_HOME</c>, else <c>~/.config</c>.</summary>
    public static string SettingsFolder() =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );

    /// <summary>Reads a profile.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserFaultException">It cannot be read, or has faults; the message lists all.</exception>
    public static SlurmChoice Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return Read(path, document.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserFaultException(
                $"{path} cannot be read: {e.Message} Mend it; docs/slurm.md has an example.",
                e
            );
        }
    }

    private static SlurmChoice Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new UserFaultException($"{path} is no JSON object; docs/slurm.md has an example.");
        var faults = new List<string>();
        foreach (
            var key in root.EnumerateObject()
                .Select(property => property.Name)
                .Where(key => !Keys.Contains(key))
                .Distinct()
        )
            faults.Add($"'{key}' is not known; the nearest: {string.Join(", ", NearNames.Of(key, Keys))}.");
        foreach (var key in root.EnumerateObject().CountBy(property => property.Name).Where(found => found.Value > 1))
            faults.Add($"{key.Key} is given {key.Value} times; allowed: once. Take the others out.");
        var choice = new SlurmChoice
        {
            Place = path,
            Partition = Text("partition"),
            Time = Time("time"),
            Gpus = Number("gpus"),
            Cpus = Number("cpus"),
            Memory = Text("mem"),
            ArrayLimit = Number("array_limit"),
            Account = Text("account"),
            SetupFile = Text("setup") is { } file ? Path.Combine(Path.GetDirectoryName(path)!, file) : null,
            Arguments = Texts("sbatch_args"),
            Pack = Number("pack"),
            Ranks = Number("ranks"),
            Warning = Time("warning"),
        };
        return faults.Count == 0
            ? choice
            : throw new UserFaultException(
                $"{path} has faults, nothing was submitted:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}"
            );

        string? Text(string key) => Of(key, JsonValueKind.String, "a text") is { } value ? value.GetString() : null;

        int? Number(string key) =>
            Of(key, JsonValueKind.Number, "a whole number") is not { } value ? null
            : value.TryGetInt32(out var number) ? number
            : Fault<int>($"{key} is {value.GetRawText()}; allowed: a whole number.");

        TimeSpan? Time(string key) =>
            Text(key) is not { } text ? null
            : SlurmTime.Parse(text) is { } time ? time
            : Fault<TimeSpan>($"{key} is '{text}'; allowed: {SlurmTime.Forms}.");

        IReadOnlyList<string> Texts(string key)
        {
            if (Of(key, JsonValueKind.Array, "a list of texts") is not { } value)
                return [];
            var items = value.EnumerateArray().ToList();
            if (items.All(item => item.ValueKind == JsonValueKind.String))
                return [.. items.Select(item => item.GetString()!)];
            faults.Add($"{key} is {value.GetRawText()}; allowed: a list of texts.");
            return [];
        }

        JsonElement? Of(string key, JsonValueKind kind, string allowed)
        {
            if (!root.TryGetProperty(key, out var value))
                return null;
            if (value.ValueKind == kind)
                return value;
            faults.Add($"{key} is {value.GetRawText()}; allowed: {allowed}.");
            return null;
        }

        T? Fault<T>(string text)
            where T : struct
        {
            faults.Add(text);
            return null;
        }
    }

    private static IEnumerable<string> Folders(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
