namespace ReLoRA.Core.Tests.Parity;

/// <summary>What one test found of the recorded numbers of one kind.</summary>
internal sealed class ParityRow
{
    private readonly HashSet<string> entries = new(StringComparer.Ordinal);

    /// <summary>How many recorded tensors or numbers were compared.</summary>
    public int Count => entries.Count;

    /// <summary>The largest deviation of any of them.</summary>
    public double Largest { get; private set; }

    public void Add(string entry, double deviation)
    {
        entries.Add(entry);
        // A NaN stays.
        Largest = double.IsNaN(Largest) || deviation <= Largest ? Largest : deviation;
    }
}
