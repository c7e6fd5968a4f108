using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;

namespace ReLoRA.Core.Dynamics.Published;

/// <summary>
/// The scale of published adapters, alpha / r. Learning dynamics do not hold it; the checkpoint's <c>config.json</c>, beside their folder or in it,
/// does.
/// </summary>
/// <param name="folder">The folder of learning dynamics.</param>
internal sealed class PublishedScale(string folder)
{
    private const string Instead = "frozen_weight, adapter, adapter_a and adapter_b need no scale.";

    private (string Path, LowRankConfig LowRank)? known;

    /// <summary>The scale of a linear's adapter.</summary>
    /// <param name="name">The linear.</param>
    /// <param name="rank">The adapter's rank in the file.</param>
    /// <exception cref="UserFaultException">Nothing says what it is.</exception>
    public double Of(string name, long rank)
    {
        var (path, lowRank) = known ??= Read(name);
        if (lowRank.Method == LowRankMethod.FullRank)
            throw new UserFaultException(
                $"{path} has no relora with r and lora_alpha, and {folder} has adapters. Give it the run's own config.json; {Instead}"
            );
        if (lowRank is { Scaling: AdapterScaling.TrainableTanh, Method: not LowRankMethod.LowRank })
            throw new UserFaultException(
                $"{path} has trainable_scaling, and {folder} does not have the scale that was trained. Measure the checkpoint's own weights; {Instead}"
            );
        var expected = RankRule.Largest(lowRank, name);
        return rank == expected
            ? lowRank.Scale
            : throw new UserFaultException(
                $"{folder} has an adapter of rank {rank} for {name}; by {path} it is {expected}. Give it the run's own config.json; {Instead}"
            );
    }

    private string Parent =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { Length: > 0 } parent
            ? parent
            : Path.Combine(folder, "..");

    private (string, LowRankConfig) Read(string name)
    {
        string[] places = [Path.Combine(folder, ModelFolder.ConfigName), Path.Combine(Parent, ModelFolder.ConfigName)];
        var path =
            Array.Find(places, File.Exists)
            ?? throw new UserFaultException(
                $"{folder} has an adapter of {name}, and nothing says its scale alpha / r: looked for {string.Join(" and ", places)}. "
                    + $"Put the checkpoint's config.json there; {Instead}"
            );
        return (path, FolderConfigReader.Read(path).LowRank);
    }
}
