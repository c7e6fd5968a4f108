using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning;

/// <summary>One combination of a sweep's axes, before equal ones are joined.</summary>
/// <param name="Config">The configuration.</param>
/// <param name="Partner">Its full-rank partner; null where the sweep has no baseline.</param>
/// <param name="Values">The axes' values, for messages, for example <c>LowRank.Rank = 8, Seed = 42</c>.</param>
internal sealed record DeclaredCell(RunConfig Config, RunConfig? Partner, string Values);
