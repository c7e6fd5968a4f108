using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary>The items of one model.</summary>
/// <param name="Path">What the user named.</param>
/// <param name="Seeds">The items of each run, by file name.</param>
internal sealed record EvalCompareSide(string Path, IReadOnlyList<EvalCompareItems> Seeds)
{
    private static readonly string[] Endings = [".csv", ".arrow"];

    /// <exception cref="UserFaultException">There are none, or a file is damaged.</exception>
    public static EvalCompareSide Read(string path)
    {
        var files = Directory.Exists(path)
            ? Directory
                .EnumerateFiles(path)
                .Where(file => Endings.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal)
                .ToList()
            : [path];
        return files.Count > 0
            ? new EvalCompareSide(path, [.. files.Select(EvalCompareItems.Read)])
            : throw new UserFaultException(
                $"{path}: no items in this folder; looked for {string.Join(" and ", Endings)}. Write them by --items FILE of 'relora eval'."
            );
    }
}
