namespace ReLoRA.Core.Configuration;

/// <summary>One fault of a configuration.</summary>
/// <param name="Path">The knob, for example <c>LowRank.Rank</c>.</param>
/// <param name="Value">The value found.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Remedy">What to do, where the range alone does not say it.</param>
public sealed record ConfigFault(string Path, string Value, string Allowed, string Remedy = "")
{
    /// <summary>One line: path, value, what is allowed, remedy.</summary>
    public override string ToString() =>
        $"{Path} is {Value}; allowed: {Allowed}." + (Remedy.Length == 0 ? "" : $" {Remedy}");
}
