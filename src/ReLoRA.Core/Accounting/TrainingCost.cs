using ReLoRA.Core.Models;

namespace ReLoRA.Core.Accounting;

/// <summary>
/// Floating-point operations that the model itself needs for a token, a multiplication and an addition being two: 2 for each number of a matrix forward, 2 on the way back to its
/// input, and 2 for its gradient where it trains; attention's two products over half the sequence on average, forward, and twice as much backward. Norms, rotations, softmax and the
/// optimizer are left out, as is what is computed twice to save memory (Kaplan et al. 2020; Chowdhery et al. 2022 for the utilisation of a device).
/// </summary>
/// <param name="Forward">Operations of a token's forward pass.</param>
/// <param name="Training">Operations of a token's forward and backward pass.</param>
public sealed record TrainingCost(double Forward, double Training)
{
    /// <summary>The cost on sequences of a length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequence">Tokens of a sequence.</param>
    public static TrainingCost Of(Decoder model, int sequence)
    {
        var (forward, training) = (0.0, 0.0);
        foreach (var (i, parameter) in model.Parameters.Index())
        {
            // The first is the embedding, whose rows are looked up.
            if (i == 0 || parameter.Value.dim() != 2)
                continue;
            var numbers = (double)parameter.Value.numel();
            forward += 2 * numbers;
            training += (parameter.IsTrainable ? 6 : 4) * numbers;
        }
        var attention = 2.0 * 2 * model.Model.Layers * model.Model.Width * (sequence + 1) / 2;
        return new TrainingCost(forward + attention, training + 3 * attention);
    }
}
