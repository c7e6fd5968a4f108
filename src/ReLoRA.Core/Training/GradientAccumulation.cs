using ReLoRA.Core.Configuration;
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
    private readonly int partitions;
    private readonly Precision precision;
    private readonly bool recompute;

    /// <summary>Creates it.</summary>
    /// <param name="model">The model, whose gradients are added to.</param>
    /// <param name="seed">The run's seed, from which dropout is drawn.</param>
    /// <param name="microBatch">Rows of one forward pass.</param>
    /// <param name="partitions">See <see cref="OptimizerConfig.GradientPartitions"/>; a divisor of a batch's rows.</param>
    /// <param name="precision">Whether forward and backward are in mixed precision; the model's own type otherwise.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    public GradientAccumulation(
        Decoder model,
        long seed,
        int microBatch,
        int partitions = 1,
        Precision precision = Precision.Float32,
        bool recompute = false
    )
    {
        (this.model, this.seed, this.microBatch) = (model, seed, microBatch);
        (this.partitions, this.precision, this.recompute) = (partitions, precision, recompute);
    }

    /// <summary>Adds a batch's gradients.</summary>
    /// <param name="batch">The rows of one optimizer step.</param>
    /// <param name="step">Updates completed before it.</param>
    /// <returns>The batch's mean loss, nats a token.</returns>
    public double Add(TokenBatch batch, long step)
    {
        if (partitions == 1)
            return Add(batch, step, firstNumber: 0);
        using var scope = NewDisposeScope();
        var slices = new GradientSlices(model.Parameters.Trainable, partitions);
        var loss = 0.0;
        for (var slice = 0; slice < partitions; slice++)
        {
            loss += Add(RowsOf(batch, slice), step, slice * batch.Rows) / partitions;
            slices.Keep(slice);
        }
        slices.PutBack();
        return loss;
    }

    /// <summary>Every n-th row.</summary>
    private TokenBatch RowsOf(TokenBatch batch, int slice)
    {
        var rows = batch.Tokens.Chunk(batch.RowLength).Where((_, row) => row % partitions == slice).ToList();
        return batch with { Tokens = [.. rows.SelectMany(row => row)], Rows = rows.Count };
    }

    private double Add(TokenBatch batch, long step, int firstNumber)
    {
        var loss = 0.0;
        for (int first = 0, number = firstNumber; first < batch.Rows; first += microBatch, number++)
        {
            var rows = Math.Min(microBatch, batch.Rows - first);
            RandomStreams.ReseedDropout(seed, step, number);
            var draws = new BlockDraws(seed, step, number, model.Device);
            loss += AddRows(batch, first, rows, draws);
        }
        return loss;
    }

    private double AddRows(TokenBatch batch, int first, int rows, BlockDraws draws)
    {
        using var scope = NewDisposeScope();
        using var cast = precision == Precision.BFloat16Mixed ? Autocast.Begin(model.Device) : null;
        var (inputs_BT, labels_BT) = TokenTensors.Of(batch, first, rows, model.Device);
        var pass = recompute ? new CheckpointedPass(model, inputs_BT, draws) : null;
        var hidden_BTW = pass?.Hidden_BTW ?? model.Hidden(inputs_BT, training: true);
        var loss = ChunkedLoss.Backward(model, hidden_BTW, labels_BT, (double)rows / batch.Rows);
        pass?.Backward();
        return loss.item<double>();
    }
}
