namespace ReLoRA.Data.Building;

/// <summary>A file of text.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name in the manifest: relative to the folder that was given, else without folder.</param>
public sealed record InputFile(string Path, string Name)
{
    private const string Gzip = ".gz";
    private const string Zstandard = ".zst";

    private static readonly string[] Extensions = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".txt", ".txt.gz", ".txt.zst"];

    /// <summary>Whether it is compressed by gzip.</summary>
    public bool IsGzip => EndsWith(Path, Gzip);

    /// <summary>Whether it is compressed by Zstandard.</summary>
    public bool IsZstandard => EndsWith(Path, Zstandard);

    /// <summary>Whether it is plain text, one document; otherwise each line is JSON with a document.</summary>
    public bool IsPlain =>
        Extensions.Any(extension =>
            extension.StartsWith(".txt", StringComparison.Ordinal) && EndsWith(Path, extension)
        );

    /// <summary>The files that some paths stand for: files as given, folders as all text files below them in the order of their names.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="DataException">A path is missing, or a file's kind is none that is read.</exception>
    public static IReadOnlyList<InputFile> Find(IEnumerable<string> paths)
    {
        var files = paths.SelectMany(FindOne).ToList();
        var twice = files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new DataException(
                DataFault.InvalidValue,
                $"Two input files are called {twice.Key}: {string.Join(", ", twice.Select(file => file.Path))}. "
                    + "Rename one, or give the folder above them."
            );
        return files;
    }

    private static IReadOnlyList<InputFile> FindOne(string path)
    {
        if (File.Exists(path))
        {
            if (IsText(path))
                return [new InputFile(path, System.IO.Path.GetFileName(path))];
            throw new DataException(
                DataFault.Unsupported,
                $"{path}: not a kind of file that is read; allowed: {string.Join(", ", Extensions)} and folders of them."
            );
        }
        if (!Directory.Exists(path))
            throw new DataException(DataFault.Missing, $"{path}: no such file or folder. Check the path of the input.");
        var found = Directory
            .EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(IsText)
            .Select(file => new InputFile(file, System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        if (found.Count == 0)
            throw new DataException(
                DataFault.Missing,
                $"{path}: no text in this folder; looked for {string.Join(", ", Extensions)}."
            );
        return found;
    }

    private static bool IsText(string path) => Extensions.Any(extension => EndsWith(path, extension));

    private static bool EndsWith(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
