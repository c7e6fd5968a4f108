using ReLoRA.Data;
using ReLoRA.Data.Building;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Reads plain text: each file is a document, and its name the domain.</summary>
internal static class PlainTexts
{
    /// <summary>The text files that a path stands for: itself, or those below it by name.</summary>
    public static IReadOnlyList<InputFile> Files(string path)
    {
        if (File.Exists(path))
            return [.. Only([new InputFile(path, Path.GetFileName(path))])];
        return
        [
            .. Only(
                    Directory
                        .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                        .Select(file => new InputFile(file, Path.GetRelativePath(path, file).Replace('\\', '/')))
                )
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The documents of files.</summary>
    /// <param name="path">The folder, or the one file.</param>
    /// <param name="files">The files.</param>
    /// <exception cref="DataException">A file is damaged or no UTF-8.</exception>
    public static IEnumerable<NamedText> Read(string path, IReadOnlyList<InputFile> files)
    {
        var source = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return files.Select(file => new NamedText(
            source,
            File.Exists(path) ? source : $"{source}/{file.Name}",
            file.Name,
            file.Path,
            CompressedText.Whole(file)
        ));
    }

    private static IEnumerable<InputFile> Only(IEnumerable<InputFile> files) => files.Where(file => file.IsPlain);
}
