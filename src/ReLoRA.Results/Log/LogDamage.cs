namespace ReLoRA.Results.Log;

/// <summary>A part of a log that was not read, and why. What lies before and after it counts as docs/log-format.md says.</summary>
/// <param name="Kind">How it is damaged.</param>
/// <param name="From">Offset of its first byte.</param>
/// <param name="To">Offset after its last byte.</param>
/// <param name="Message">What was found.</param>
public sealed record LogDamage(LogDamageKind Kind, long From, long To, string Message)
{
    /// <summary>The place and what was found there, for people.</summary>
    public override string ToString() => FormattableString.Invariant($"bytes {From} to {To}: {Message}");
}
