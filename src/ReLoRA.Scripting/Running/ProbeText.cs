using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Running;

/// <summary>A probe in words: its name, when it measures, and those of its settings that are not the default.</summary>
internal static class ProbeText
{
    private static readonly ProbeConfig Default = new();

    /// <summary>For example <c>gini/weight every 10 at 1,5 not around resets</c>.</summary>
    public static string Of(ProbeConfig probe) => string.Join(' ', Parts(probe).Prepend(probe.Name));

    private static IEnumerable<string> Parts(ProbeConfig probe)
    {
        yield return FormattableString.Invariant($"every {probe.Every}");
        if (probe.At.Count > 0)
            yield return $"at {string.Join(',', probe.At)}";
        if (probe.PerDecade > 0)
            yield return FormattableString.Invariant($"{probe.PerDecade} a decade");
        if (!probe.AroundResets)
            yield return "not around resets";
        if (probe.AfterResets.Count > 0)
            yield return $"{string.Join(',', probe.AfterResets)} after resets";
        if (probe.WhenRewarmed)
            yield return "when rewarmed";
        if (probe.Directions != Default.Directions)
            yield return FormattableString.Invariant($"of {probe.Directions} directions");
        if (probe.Side != Default.Side)
            yield return $"on the {SnakeCase.Of(probe.Side)} side";
        if (probe.Rows != Default.Rows)
            yield return FormattableString.Invariant($"on {probe.Rows} rows");
        if (probe.LimitSeconds != Default.LimitSeconds)
            yield return FormattableString.Invariant($"within {probe.LimitSeconds} s");
    }
}
