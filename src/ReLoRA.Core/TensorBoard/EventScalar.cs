namespace ReLoRA.Core.TensorBoard;

/// <summary>One point of one curve.</summary>
/// <param name="Tag">The curve.</param>
/// <param name="Step">Completed updates.</param>
/// <param name="Value">The figure; TensorBoard keeps 32 bits of it.</param>
internal readonly record struct EventScalar(string Tag, long Step, double Value);
