using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Data.Sampling;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>Forward and backward over a batch in micro-batches; gradients add up to those of the batch's mean loss.</summary>
public sealed class GradientAccumulation
{
    private readonly Decoder model;
    private readonly long seed;
    private readonly int microBatch;

    /// <summary>Creates it.</summary>
    /// <param name="model">The model, whose gradients are added to.</param>
    /// <param name="seed">The run's seed, from which dropout is drawn.</param>
    /// <param name="microBatch">Rows of one forward pass.</param>
    public GradientAccumulation(Decoder model, long seed, int microBatch) =>
        (this.model, this.seed, this.microBatch) = (model, seed, microBatch);

    /// <summary>Adds a batch's gradients.</summary>
    /// <param name="batch">The rows of one optimizer step.</param>
    /// <param name="step">Updates completed before it.</param>
    /// <returns>The batch's mean loss, nats a token.</returns>
    public double Add(TokenBatch batch, long step)
    {
        var loss = 0.0;
        for (int first = 0, number = 0; first < batch.Rows; first += microBatch, number++)
        {
            var rows = Math.Min(microBatch, batch.Rows - first);
            RandomStreams.ReseedDropout(seed, step, number);
            loss += AddRows(batch, first, rows);
        }
        return loss;
    }

    private double AddRows(TokenBatch batch, int first, int rows)
    {
        using var scope = NewDisposeScope();
        var (inputs_BT, labels_BT) = TokenTensors.Of(batch, first, rows, model.Device);
        var logits_BTV = model.Forward(inputs_BT, training: true);
        var loss = nn
            .functional.cross_entropy(logits_BTV.flatten(0, 1), labels_BT.flatten())
            .Times((double)rows / batch.Rows);
        loss.backward();
        return loss.to(float64).item<double>();
    }
}
