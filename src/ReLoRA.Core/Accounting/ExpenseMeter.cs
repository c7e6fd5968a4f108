namespace ReLoRA.Core.Accounting;

/// <summary>Measures what an activity takes.</summary>
/// <param name="clock">For time.</param>
/// <param name="energy">For energy.</param>
public sealed class ExpenseMeter(TimeProvider clock, IEnergyMeter energy)
{
    /// <summary>The counter of energy; its name is empty where there is none.</summary>
    public IEnergyMeter Energy => energy;

    /// <summary>Begins to measure.</summary>
    /// <returns>Gives what was spent until it is called.</returns>
    public Func<Spent> Begin()
    {
        var (began, joules) = (clock.GetTimestamp(), energy.Read());
        return () => new Spent(clock.GetElapsedTime(began).TotalSeconds, energy.Read() - joules);
    }
}
