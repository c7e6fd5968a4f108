namespace ReLoRA.Results.Log;

/// <summary>Where a log stops being trustworthy, and why.</summary>
/// <param name="Kind">How it is damaged.</param>
/// <param name="Offset">The first byte that cannot be trusted; everything before it was read.</param>
/// <param name="Message">What was found.</param>
public sealed record LogDamage(LogDamageKind Kind, long Offset, string Message);
