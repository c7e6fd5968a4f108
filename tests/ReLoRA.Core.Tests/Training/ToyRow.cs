namespace ReLoRA.Core.Tests.Training;

/// <summary>The adapters' product at one step, mean over the layers' w_2.</summary>
/// <param name="Rank">Its effective rank; not a number while it is zero.</param>
/// <param name="Norm">Its Frobenius norm.</param>
internal sealed record ToyRow(double Rank, double Norm);
