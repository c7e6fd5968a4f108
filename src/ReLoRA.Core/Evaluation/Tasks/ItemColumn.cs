namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>One column of an <see cref="ItemTable"/>.</summary>
/// <param name="Name">In snake case, with its unit where it has one.</param>
/// <param name="Values">An array of <see cref="string"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</param>
public sealed record ItemColumn(string Name, Array Values);
