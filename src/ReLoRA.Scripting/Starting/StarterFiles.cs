namespace ReLoRA.Scripting.Starting;

/// <summary>What lies beside a sweep so that an editor knows it. Nothing is overwritten, and nothing written that a folder above has already.</summary>
internal static class StarterFiles
{
    /// <summary>The usings of programs, for <c>dotnet run</c> and editors.</summary>
    public const string Properties = "Directory.Build.props";

    private const string Settings = ".vscode";

    /// <summary>Settings of Visual Studio Code, in the folder that a user opens: the current one.</summary>
    /// <returns>The files written.</returns>
    public static IReadOnlyList<string> WriteSettings(string sweepFolder, string currentFolder)
    {
        if (Above(sweepFolder).Any(folder => Directory.Exists(Path.Combine(folder, Settings))))
            return [];
        var inside = !Path.GetRelativePath(currentFolder, sweepFolder).StartsWith("..", StringComparison.Ordinal);
        var target = Path.Combine(inside ? currentFolder : sweepFolder, Settings);
        return [Write(target, "settings.json"), Write(target, "extensions.json")];
    }

    /// <summary>The build properties beside a program.</summary>
    /// <returns>The file written; null where there is one already.</returns>
    public static string? WriteProperties(string folder) =>
        File.Exists(Path.Combine(folder, Properties)) ? null : Write(folder, Properties);

    /// <summary>Whether the properties beside a program are those it needs.</summary>
    public static bool HasUsings(string folder) =>
        File.ReadAllText(Path.Combine(folder, Properties))
            .Contains("ReLoRA.Cli.SweepProgram", StringComparison.Ordinal);

    /// <summary>A text that is part of this assembly.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(StarterFiles).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Write(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, Text(name));
        return path;
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
