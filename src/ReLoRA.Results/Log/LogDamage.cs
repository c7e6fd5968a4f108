namespace ReLoRA.Results.Log;

/// <summary>Where reading a log stopped before its end, and why.</summary>
/// <param name="Kind">How it is damaged.</param>
/// <param name="Offset">Where reading stopped: everything before it was read. Only what lies before <see cref="RunLog.VerifiedLength"/> is proven.</param>
/// <param name="Message">What was found.</param>
public sealed record LogDamage(LogDamageKind Kind, long Offset, string Message);
