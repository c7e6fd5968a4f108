namespace ReLoRA.Core.Distributed;

/// <summary>What a step's exchange took.</summary>
/// <param name="Waited">Seconds until every process was there.</param>
/// <param name="Reduced">Seconds of the reduction itself.</param>
public readonly record struct ExchangeTime(double Waited, double Reduced);
