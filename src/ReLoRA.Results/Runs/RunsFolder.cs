namespace ReLoRA.Results.Runs;

/// <summary>The places inside a folder of runs. Makes nothing: writers create what they need.</summary>
public sealed class RunsFolder
{
    private const string Aside = ".old-";

    /// <summary>Names the places.</summary>
    /// <param name="root">The folder, by default <c>runs</c>; it need not exist.</param>
    public RunsFolder(string root) => Root = System.IO.Path.GetFullPath(root);

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>Where the cells lie.</summary>
    public string CellsPath => System.IO.Path.Combine(Root, "cells");

    /// <summary>Where the sweeps lie.</summary>
    public string SweepsPath => System.IO.Path.Combine(Root, "sweeps");

    /// <summary>The folder of a warm start that cells share.</summary>
    /// <param name="key">What it is known by.</param>
    public string WarmStart(string key) => Inside(WarmStartsPath, key);

    /// <summary>Where warm starts lie that cells share.</summary>
    public string WarmStartsPath => System.IO.Path.Combine(Root, "warm-starts");

    /// <summary>The folder of one cell.</summary>
    /// <param name="id">The cell's id.</param>
    /// <exception cref="ArgumentException">The id is no name of a folder.</exception>
    public CellFolder Cell(string id) => new(id, Inside(CellsPath, id));

    /// <summary>The folder of one sweep.</summary>
    /// <param name="name">The sweep's name.</param>
    /// <exception cref="ArgumentException">The name is no name of a folder.</exception>
    public SweepFolder Sweep(string name) => new(name, Inside(SweepsPath, name));

    /// <summary>The cells that have a folder, in the order of their ids. What was moved aside for a new copy is none.</summary>
    public IReadOnlyList<CellFolder> Cells() => [.. Names(CellsPath).Where(name => !IsAside(name)).Select(Cell)];

    /// <summary>Whether a cell's folder is a copy that was moved aside, by its name.</summary>
    /// <param name="id">The folder's name.</param>
    public static bool IsAside(string id) => id.Contains(Aside, StringComparison.Ordinal);

    /// <summary>The copies of cells that were moved aside, in the order of their names.</summary>
    public IReadOnlyList<CellFolder> Asides() => [.. Names(CellsPath).Where(IsAside).Select(Cell)];

    /// <summary>A place that is free, to which a cell's folder can be moved to make room for a new copy.</summary>
    /// <param name="id">The cell's id.</param>
    public string AsideOf(string id) =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(n => Inside(CellsPath, FormattableString.Invariant($"{id}{Aside}{n}")))
            .First(path => !Directory.Exists(path));

    /// <summary>The sweeps that have a folder, in the order of their names.</summary>
    public IReadOnlyList<SweepFolder> Sweeps() => [.. Names(SweepsPath).Select(Sweep)];

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .GetDirectories(folder)
                .Select(path => System.IO.Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
            : [];

    private static string Inside(string folder, string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
            throw new ArgumentException(
                $"'{name}' cannot be the name of a folder; allowed: a name without / and \\, not . or ..",
                nameof(name)
            );
        return System.IO.Path.Combine(folder, name);
    }
}
