using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language.Steps;

/// <summary>A cell on its way through a sweep's calls.</summary>
/// <param name="Config">What it is so far.</param>
/// <param name="Values">What calls set in it, for messages, for example <c>LowRank.Rank = 8</c>.</param>
internal sealed record SweepCell(RunConfig Config, string Values)
{
    /// <summary>With a knob set.</summary>
    public SweepCell With(string path, object? value) =>
        With(KnobTree.With(Config, path, value), FormattableString.Invariant($"{path} = {value ?? "null"}"));

    /// <summary>With another configuration.</summary>
    public SweepCell With(RunConfig config, string values) =>
        new(
            config,
            Values.Length == 0 ? values
                : values.Length == 0 ? Values
                : $"{Values}, {values}"
        );
}
