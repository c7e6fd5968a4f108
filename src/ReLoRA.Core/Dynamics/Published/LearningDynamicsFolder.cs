using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.Pickle;

namespace ReLoRA.Core.Dynamics.Published;

/// <summary>
/// A folder of published learning dynamics: <c>train_weights.pt</c>, <c>val_activations.pt</c> and the like, of which any may be
/// missing. The data beside them (<c>train_data</c>) is not read.
/// </summary>
public sealed class LearningDynamicsFolder
{
    /// <summary>The folder's name inside of a checkpoint.</summary>
    public const string Name = "learning_dynamics";

    private static readonly (DynamicsSplit Split, DynamicsKind Kind)[] All =
    [
        .. Enum.GetValues<DynamicsSplit>()
            .SelectMany(split => Enum.GetValues<DynamicsKind>().Select(kind => (split, kind))),
    ];

    private LearningDynamicsFolder(string path)
    {
        Path = path;
        Present = [.. All.Where(file => File.Exists(PathOf(path, file)))];
        Missing = [.. All.Except(Present)];
    }

    /// <summary>The folder that the files lie in.</summary>
    public string Path { get; }

    /// <summary>The files that are there.</summary>
    public IReadOnlyList<(DynamicsSplit Split, DynamicsKind Kind)> Present { get; }

    /// <summary>The files that are not there.</summary>
    public IReadOnlyList<(DynamicsSplit Split, DynamicsKind Kind)> Missing { get; }

    /// <summary>Finds the files. None is read yet.</summary>
    /// <param name="folder">A folder with such files, or a checkpoint's with a folder <c>learning_dynamics</c> in it.</param>
    /// <exception cref="UserFaultException">It has none of them.</exception>
    public static LearningDynamicsFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserFaultException(
                $"{folder}: no such folder. Give a checkpoint's folder, or the folder {Name} in it."
            );
        return Find(folder)
            ?? throw new UserFaultException(
                $"{folder} has no learning dynamics: looked for {string.Join(", ", All.Select(FileName))}, in it and in "
                    + $"{Name}; found {FolderEntries.Of(folder)}. Give a checkpoint's folder, or the folder {Name} in it."
            );
    }

    /// <summary>Finds the files; null where there are none.</summary>
    /// <param name="folder">As in <see cref="Open"/>.</param>
    internal static LearningDynamicsFolder? Find(string folder)
    {
        string[] places = [folder, System.IO.Path.Combine(folder, Name)];
        return places
            .Select(place => new LearningDynamicsFolder(place))
            .FirstOrDefault(found => found.Present.Count > 0);
    }

    /// <summary>Opens one of the files.</summary>
    /// <param name="split">The data.</param>
    /// <param name="kind">What of each linear.</param>
    /// <exception cref="UserFaultException">It is not there, or parts of a linear do not belong together.</exception>
    /// <exception cref="PickleException">It is damaged, or no dictionary of tensors.</exception>
    public LearningDynamicsFile Read(DynamicsSplit split, DynamicsKind kind) =>
        Present.Contains((split, kind))
            ? LearningDynamicsFile.Open(PathOf(Path, (split, kind)), kind)
            : throw new UserFaultException($"{Path} has no {FileName((split, kind))}; {this}.");

    /// <summary>What is there, and what is not.</summary>
    public override string ToString() =>
        $"it has {List(Present)}" + (Missing.Count == 0 ? "" : $"; missing: {List(Missing)}");

    private static string List(IEnumerable<(DynamicsSplit, DynamicsKind)> files) =>
        string.Join(", ", files.Select(FileName));

    private static string FileName((DynamicsSplit Split, DynamicsKind Kind) file) =>
        $"{file.Split}_{file.Kind}.pt".ToLowerInvariant();

    private static string PathOf(string folder, (DynamicsSplit, DynamicsKind) file) =>
        System.IO.Path.Combine(folder, FileName(file));
}
