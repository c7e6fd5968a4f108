using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Optimization;

/// <summary>What <see cref="OptimizerConfig.NoDecay"/> means: parts of the names of weights, case passed over.</summary>
internal static class DecayRules
{
    /// <summary>Parts of the names of adapters, which a full-rank run of the same sweep has none of.</summary>
    private static readonly string[] OfAdapters = ["A_lora", "B_lora"];

    /// <summary>Whether a weight is decayed.</summary>
    public static bool IsDecayed(string name, OptimizerConfig config) => !config.NoDecay.Any(part => IsIn(part, name));

    /// <exception cref="UserFaultException">A part is in no weight's name.</exception>
    public static void RequireKnown(OptimizerConfig config, IEnumerable<Parameter> parameters)
    {
        var names = parameters.Select(parameter => parameter.Name).ToList();
        var unknown = config.NoDecay.Where(part => !names.Concat(OfAdapters).Any(name => IsIn(part, name))).ToList();
        if (unknown.Count > 0)
            throw new UserFaultException(
                $"Optimizer.NoDecay: {string.Join(" and ", unknown)} is in no weight's name; allowed are parts of "
                    + $"{string.Join(", ", names.Take(3))} ... {names[^1]}, and of A_lora and B_lora."
            );
    }

    private static bool IsIn(string part, string name) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
