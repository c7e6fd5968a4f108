using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Planning;

/// <summary>Names of cells as the script makes them. An arm is what cells share that differ in the seed alone.</summary>
internal static class NamedLabels
{
    /// <summary>Each configuration's arm and label.</summary>
    /// <param name="configs">Distinct configurations.</param>
    /// <param name="naming">The script's rule.</param>
    /// <exception cref="Core.UserFaultException">Cells that differ in more than the seed share a name.</exception>
    public static IReadOnlyList<(string Arm, string Label)> Of(IReadOnlyList<RunConfig> configs, NameRule naming)
    {
        // With one seed for all, so that a name with the seed in it is one of the arm too.
        var arms = configs.Select(config => naming.Of(config with { Seed = configs[0].Seed })).ToList();
        var names = configs.Select(naming.Of).ToList();
        var isSeeded = configs.Select(config => config.Seed).Distinct().Count() > 1;
        var alike = arms.Zip(names)
            .GroupBy(one => one)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        var labels = names.Select(
            (name, i) =>
                isSeeded && name == arms[i] && alike.Contains((arms[i], name))
                    ? FormattableString.Invariant($"{name} Seed={configs[i].Seed}")
                    : name
        );
        var found = arms.Zip(labels).ToList();
        if (found.GroupBy(one => one.Second).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw ScriptFault.At(
                naming.Place,
                $".Name: {twice.Count()} cells are named \"{twice.Key}\". Allowed: a name for each. Put what differs into it."
            );
        return found;
    }
}
