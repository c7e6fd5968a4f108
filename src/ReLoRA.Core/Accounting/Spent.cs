namespace ReLoRA.Core.Accounting;

/// <summary>Time and energy.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Joules">Energy of the whole machine's processors, or of the GPU; NaN where no meter can be read.</param>
public sealed record Spent(double Seconds, double Joules)
{
    /// <summary>Nothing yet.</summary>
    public static Spent Nothing { get; } = new(0, 0);

    /// <summary>Both.</summary>
    /// <param name="more">What is added.</param>
    public Spent Plus(Spent more) => new(Seconds + more.Seconds, Joules + more.Joules);
}
