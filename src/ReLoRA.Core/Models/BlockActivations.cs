namespace ReLoRA.Core.Models;

/// <summary>What the forward pass of a block keeps for the way back.</summary>
/// <param name="Bytes">Bytes a token, without what linears keep of their inputs: that depends on the low-rank method.</param>
/// <param name="Inputs">The inputs of the linears.</param>
internal sealed record BlockActivations(long Bytes, IReadOnlyList<LinearInput> Inputs);
