namespace ReLoRA.Core.Accounting;

/// <summary>A counter of energy.</summary>
public interface IEnergyMeter
{
    /// <summary>What it counts, for example <c>RAPL: package-0</c>; empty where there is none.</summary>
    string Name { get; }

    /// <summary>Joules since some moment; NaN where it cannot be read. Differences of two readings count.</summary>
    double Read();
}
