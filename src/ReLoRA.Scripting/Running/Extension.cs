using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>A finished cell that differs from another one in nothing but a smaller budget.</summary>
/// <param name="Cell">The finished cell.</param>
/// <param name="Step">The step at which the longer one can go on; null where it cannot.</param>
/// <param name="Reason">Why not; empty where it can.</param>
public sealed record Extension(CellFolder Cell, long? Step, string Reason);
