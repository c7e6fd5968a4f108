namespace ReLoRA.Core.Optimization;

/// <summary>Constants of clipping by norm.</summary>
internal static class GradientClipping
{
    /// <summary>PyTorch adds this to the norm before dividing.</summary>
    public const double Epsilon = 1e-6;
}
