namespace ReLoRA.Core.Tests;

/// <summary>The largest deviation of each kind that a comparison with recorded data found.</summary>
internal sealed class Deviations
{
    private readonly SortedDictionary<string, double> largest = new(StringComparer.Ordinal);

    public double this[string kind] => largest[kind];

    public void Add(string kind, double deviation) =>
        largest[kind] = double.IsNaN(deviation) ? double.NaN : Math.Max(largest.GetValueOrDefault(kind), deviation);

    public override string ToString() =>
        string.Join(", ", largest.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:G2}")));
}
