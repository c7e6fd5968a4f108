namespace ReLoRA.Core.Configuration;

/// <summary>The unit and range of one property of <see cref="RunConfig"/>; what <see cref="ConfigValidator"/> checks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KnobAttribute : Attribute
{
    /// <summary>The unit, for example <c>steps</c> or <c>tokens</c>. Empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The smallest value allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is excluded.</summary>
    public bool ExclusiveMinimum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is excluded.</summary>
    public bool ExclusiveMaximum { get; init; }

    /// <summary>
    /// Whether the value alters the weights and so is part of the cell's identity. The default is <see langword="true"/>.
    /// </summary>
    public bool AltersWeights { get; init; } = true;

    /// <summary>Whether the value is a dataset folder, which identity names by its manifest hash and never by its path.</summary>
    public bool IsDataset { get; init; }

    /// <summary>Whether the value is a model folder, which identity names by its files' hash and never by its path.</summary>
    public bool IsModel { get; init; }

    /// <summary>
    /// Whether the identity leaves the knob out where it has its default: for knobs that came later than the cells that never
    /// had them.
    /// </summary>
    public bool OmittedAtDefault { get; init; }

    /// <summary>Whether a text may be empty, which then stands for nothing.</summary>
    public bool MayBeEmpty { get; init; }

    internal bool Allows(double value) =>
        !double.IsNaN(value)
        && (ExclusiveMinimum ? value > Minimum : value >= Minimum)
        && (ExclusiveMaximum ? value < Maximum : value <= Maximum);

    internal string Describe()
    {
        var low = double.IsNegativeInfinity(Minimum)
            ? null
            : $"{(ExclusiveMinimum ? "above" : "at least")} {Minimum:R}";
        var high = double.IsPositiveInfinity(Maximum)
            ? null
            : $"{(ExclusiveMaximum ? "below" : "at most")} {Maximum:R}";
        var range = string.Join(" and ", new[] { low, high }.Where(part => part is not null));
        return Unit.Length == 0 ? range : $"{range} {Unit}";
    }
}
