namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>One linear's turn in a reset.</summary>
/// <param name="Number">The reset's number, from 1.</param>
/// <param name="OldRank">The rank of the cycle that ends.</param>
/// <param name="NewRank">The rank of the cycle that begins.</param>
internal readonly record struct ResetTurn(int Number, int OldRank, int NewRank);
