namespace ReLoRA.Core.Accounting;

/// <summary>No counter of energy can be read on this machine.</summary>
internal sealed class NoMeter : IEnergyMeter
{
    public string Name => "";

    public double Read() => double.NaN;
}
