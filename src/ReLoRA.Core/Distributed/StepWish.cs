namespace ReLoRA.Core.Distributed;

/// <summary>What one process, or any of them, asks for in a step.</summary>
/// <param name="Leaves">The step is not to be taken, and the run is to be saved before it: a stop was asked for.</param>
/// <param name="IsOutOfTime">The step is to be the last: the budget of hours is spent.</param>
public readonly record struct StepWish(bool Leaves, bool IsOutOfTime);
