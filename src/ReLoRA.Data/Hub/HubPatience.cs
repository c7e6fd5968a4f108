namespace ReLoRA.Data.Hub;

/// <summary>How long a hub is waited for, and how often it is asked again.</summary>
public sealed record HubPatience
{
    /// <summary>A connection that gives no byte for this time is dropped. Default: 60 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts in a row without a new byte, at least 1, after which it is given up. Default: 8.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>The pause after the first failed attempt; each further one is twice as long. Default: 1 second.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause. Default: 60 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest pause that the hub itself may ask for; if it asks for more, it is given up. Default: 15 minutes.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The pause after some failed attempts in a row: between half and all of what its number gives, so that many do not ask at once.</summary>
    /// <param name="failures">How many, at least 1.</param>
    /// <param name="address">What is asked for: another address has another pause.</param>
    internal TimeSpan Pause(int failures, string address)
    {
        var whole = Math.Min(FirstPause.Ticks * Math.Pow(2, failures - 1), LongestPause.Ticks);
        return TimeSpan.FromTicks((long)(whole * (0.5 + 0.5 * Share(address, failures))));
    }

    private static double Share(string address, int failures)
    {
        var seed = address.Aggregate(failures, (sum, letter) => unchecked(sum * 31 + letter));
        return new Random(seed).NextDouble();
    }
}
