namespace ReLoRA.Data.Hub;

/// <summary>The hub failed in a way that may pass: it is to be asked again.</summary>
/// <param name="address">What was asked for, as it may be shown.</param>
/// <param name="reason">What happened.</param>
/// <param name="inner">What revealed it.</param>
internal sealed class HubInterruption(string address, string reason, Exception? inner = null)
    : Exception($"{address}: {reason}", inner)
{
    public string Address { get; } = address;

    public string Reason { get; } = reason;

    /// <summary>How long the hub asks to wait.</summary>
    public TimeSpan? Asked { get; init; }

    /// <summary>Until when the hub asks to wait.</summary>
    public DateTimeOffset? AskedUntil { get; init; }
}
