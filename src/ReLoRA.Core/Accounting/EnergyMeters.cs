namespace ReLoRA.Core.Accounting;

/// <summary>Finds the counter of energy for a device.</summary>
public static class EnergyMeters
{
    /// <summary>The GPU's counter or the processors'; one that reads NaN where there is none that may be read.</summary>
    /// <param name="device">The device: <c>cpu</c> or <c>cuda</c>.</param>
    public static IEnergyMeter For(string device)
    {
        IEnergyMeter? meter = device == "cpu" ? RaplMeter.Find() : NvmlMeter.Find();
        return meter ?? new NoMeter();
    }
}
