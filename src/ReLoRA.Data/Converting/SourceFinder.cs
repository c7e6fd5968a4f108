namespace ReLoRA.Data.Converting;

/// <summary>The files that some paths stand for: files, folders, and patterns with <c>*</c>, <c>?</c> and <c>**</c>.</summary>
internal static class SourceFinder
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Files as given; those of a folder or pattern in the order of their names.</summary>
    /// <exception cref="DataException">There are none, or a folder holds more than one dataset.</exception>
    public static IReadOnlyList<SourceFile> Find(IEnumerable<string> paths)
    {
        var files = paths.SelectMany(FindOne).ToList();
        var twice = files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new DataException(
                DataFault.InvalidValue,
                $"Two input files are called {twice.Key}: {string.Join(", ", twice.Select(file => file.Path))}. "
                    + "Give each once, by a pattern that starts at the folder above them."
            );
        return files;
    }

    private static IReadOnlyList<SourceFile> FindOne(string path)
    {
        if (File.Exists(path))
            return [new SourceFile(path, Path.GetFileName(path))];
        if (Directory.Exists(path))
            return SourceFolder.Files(path);
        if (path.IndexOfAny(Wildcards) < 0)
            throw new DataException(DataFault.Missing, $"{path}: no such file or folder. Check the path of the input.");
        var parts = path.Split('/');
        var firstWild = Array.FindIndex(parts, part => part.IndexOfAny(Wildcards) >= 0);
        var start = string.Join('/', parts[..firstWild]);
        if (firstWild > 0 && start.Length == 0)
            start = "/";
        var root = start.Length == 0 ? "." : start;
        var found = Expand(root, parts.AsMemory(firstWild))
            .Select(file => new SourceFile(start.Length == 0 ? file[2..] : file, Path.GetRelativePath(root, file)))
            .DistinctBy(file => file.Name, StringComparer.Ordinal)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        return found.Count > 0
            ? found
            : throw new DataException(
                DataFault.Missing,
                $"{path}: no file fits this pattern. Check its folder and name."
            );
    }

    private static IEnumerable<string> Expand(string folder, ReadOnlyMemory<string> parts)
    {
        if (!Directory.Exists(folder))
            return [];
        var part = parts.Span[0];
        if (parts.Length == 1)
            return Directory.EnumerateFiles(folder, part == "**" ? "*" : part);
        var rest = parts[1..];
        if (part != "**")
            return part.IndexOfAny(Wildcards) < 0
                ? Expand(Path.Combine(folder, part), rest)
                : Directory.EnumerateDirectories(folder, part).SelectMany(inner => Expand(inner, rest));
        return Directory
            .EnumerateDirectories(folder)
            .SelectMany(inner => Expand(inner, parts))
            .Concat(Expand(folder, rest));
    }
}
