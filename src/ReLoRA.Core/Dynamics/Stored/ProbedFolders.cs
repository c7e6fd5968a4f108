using System.Globalization;
using System.Text.RegularExpressions;
using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.ModelFolders;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>Finds checkpoints: ours, and those of the published code.</summary>
public static partial class ProbedFolders
{
    private const string Checkpoints = "checkpoints";

    /// <summary>The checkpoints of a folder, in the order of their steps.</summary>
    /// <param name="path">
    /// A model folder; a folder of learning dynamics, or one with such a folder in it; a folder of <c>step_N</c>; or one with a folder
    /// <c>checkpoints</c> of them, as runs have.
    /// </param>
    /// <param name="published">Which learning dynamics to read in place of weights; null for weights wherever there are any.</param>
    /// <exception cref="UserFaultException">It is none of these.</exception>
    public static IReadOnlyList<ProbedFolder> Find(string path, DynamicsSplit? published = null)
    {
        if (!Directory.Exists(path))
            throw new UserFaultException(
                File.Exists(path)
                    ? $"{path} is a file. Give the folder that it lies in."
                    : $"{path}: no such folder. Give a checkpoint's folder, or a run's."
            );
        if (One(path, published) is { } one)
            return [one];
        foreach (var place in new[] { path, Path.Combine(path, Checkpoints) })
        {
            var found = Steps(place).Select(step => One(step, published)).OfType<ProbedFolder>().ToList();
            if (found.Count > 0)
                return found;
        }
        throw new UserFaultException(
            $"{path} is no checkpoint and has none: looked for {Wanted(published)}, in it, in step_N and in "
                + $"{Checkpoints}/step_N; found {FolderEntries.Of(path)}. Give a checkpoint's folder, or a run's."
        );
    }

    /// <summary>The one checkpoint of a folder.</summary>
    /// <param name="path">As in <see cref="Find"/>.</param>
    /// <param name="published">As in <see cref="Find"/>.</param>
    /// <exception cref="UserFaultException">It has none, or several.</exception>
    public static ProbedFolder FindOne(string path, DynamicsSplit? published = null)
    {
        var found = Find(path, published);
        return found.Count == 1
            ? found[0]
            : throw new UserFaultException(
                $"{path} has {found.Count} checkpoints; allowed: one. Give one of them, for example {found[0].Path}."
            );
    }

    private static ProbedFolder? One(string path, DynamicsSplit? published)
    {
        if (published is null && HasModel(path))
            return new ProbedFolder(path, StepOf(path));
        if (LearningDynamicsFolder.Find(path) is not { } dynamics)
            return null;
        var isInner = dynamics.Path == path;
        var step = StepOf(path) ?? (isInner ? StepOf(Path.Combine(path, "..")) : null);
        var split =
            published
            ?? (
                dynamics.Present.Any(file => file.Split == DynamicsSplit.Train)
                    ? DynamicsSplit.Train
                    : DynamicsSplit.Val
            );
        return new ProbedFolder(dynamics.Path, step, split);
    }

    private static bool HasModel(string path) =>
        File.Exists(Path.Combine(path, ModelFolder.ConfigName))
        && File.Exists(Path.Combine(path, ModelFolder.WeightsName));

    private static IEnumerable<string> Steps(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateDirectories(folder)
                .Where(step => StepOf(step) is not null)
                .OrderBy(step => StepOf(step))
            : [];

    private static long? StepOf(string folder) =>
        StepName().Match(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))
            is { Success: true } name
        && long.TryParse(name.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : null;

    private static string Wanted(DynamicsSplit? published) =>
        published is { } split
            ? $"{LearningDynamicsFolder.Name} with {split.ToString().ToLowerInvariant()}_weights.pt, _activations.pt or _gradients.pt"
            : $"{ModelFolder.ConfigName} with {ModelFolder.WeightsName}, and for {LearningDynamicsFolder.Name}";

    [GeneratedRegex(@"^step_([0-9]+)\z")]
    private static partial Regex StepName();
}
