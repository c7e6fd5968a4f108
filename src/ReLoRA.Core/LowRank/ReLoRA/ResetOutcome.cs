using ReLoRA.Results.Log;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>What one reset did, measured on the probe batch: the proof that the log keeps.</summary>
public sealed record ResetOutcome
{
    /// <summary>Relative change of the logits in evaluation mode, <c>|dlogits| / |logits|</c>.</summary>
    public required double Jump { get; init; }

    /// <summary>Relative difference of the logits from those of the same weights in 64 bits: the larger of those before and after.</summary>
    public required double Noise { get; init; }

    /// <summary>The adapters' contribution before the reset, <c>|f - f without adapters| / |f|</c>.</summary>
    public required double Contribution { get; init; }

    /// <summary>Relative change of the logits in training mode, with the same dropout masks. Not judged.</summary>
    public required double TrainingJump { get; init; }

    /// <summary>Figures of each merged linear.</summary>
    public required IReadOnlyList<ResetLayer> Layers { get; init; }

    /// <summary>Fraction of the adapters' moments that are zero after the reset.</summary>
    public required double StateCleared { get; init; }

    /// <summary>Smallest numerical rank of A over the linears after the reset.</summary>
    public required int AdapterRank { get; init; }

    /// <summary>L2 norm of the probe batch's gradient for all A after the reset; 0 while B is zero.</summary>
    public required double GradientA { get; init; }

    /// <summary>L2 norm of the probe batch's gradient for all B after the reset; 0 means dead adapters.</summary>
    public required double GradientB { get; init; }

    /// <summary>Linears whose adapters no gradient reaches after the reset.</summary>
    public IReadOnlyList<string> DeadAdapters { get; init; } = [];

    /// <summary>SHA-256 of the merged weights.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>L2 norm of all A after the reset.</summary>
    public double NormA => Math.Sqrt(Layers.Sum(layer => layer.NormA * layer.NormA) ?? 0);

    /// <summary>L2 norm of all B after the reset.</summary>
    public double NormB => Math.Sqrt(Layers.Sum(layer => layer.NormB * layer.NormB) ?? 0);

    /// <summary>Frobenius norm of the products that should have been merged, <c>s B A</c>, over all linears.</summary>
    public double UpdateNorm => Math.Sqrt(Layers.Sum(layer => layer.UpdateNorm * layer.UpdateNorm));

    /// <summary>The largest merge error of a linear.</summary>
    public double MergeError => Layers.Max(layer => layer.MergeError);

    /// <summary>The part of the adapters' contribution that was lost, <c>|dlogits| / |f - f without adapters|</c>; 0 without one.</summary>
    public double Lost => Contribution > 0 ? Jump / Contribution : 0;
}
