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
    private readonly WorkerShare share;

    /// <summary>Creates it.</summary>
    /// <param name="model">The model, whose gradients are added to.</param>
    /// <param name="seed">The run's seed, from which dropout is drawn.</param>
    /// <param name="microBatch">Rows of one forward pass.</param>
    /// <param name="partitions">See <see cref="OptimizerConfig.GradientPartitions"/>; a divisor of a batch's rows.</param>
    /// <param name="precision">Whether forward and backward are in mixed precision; the model's own type otherwise.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    /// <param name="share">The part of each batch that it is given. Default: null, all of it. Of a part, loss and gradients are those of its rows in the whole batch's mean.</param>
    public GradientAccumulation(
        Decoder model,
        long seed,
        int microBatch,
        int partitions = 1,
        Precision precision = Precision.Float32,
        bool recompute = false,
        WorkerShare? share = null
    )
    {
        this.share = share ?? WorkerShare.All;
        (this.model, this.seed, this.microBatch) = (model, seed, microBatch);
        (this.partitions, this.precision, this.recompute) = (partitions, precision, recompute);
    }

    /// <summary>Adds a batch's gradients.</summary>
    /// <param name="batch">The rows of one optimizer step.</param>
    /// <param name="step">Updates completed before it.</param>
    /// <returns>The batch's mean loss, nats a token.</returns>
    public double Add(TokenBatch batch, long step)
    {
        using var loss = Begin(batch, step);
        return loss.item<double>();
    }

    /// <summary>Adds a batch's gradients, without waiting for a GPU to have done so.</summary>
    /// <param name="batch">The rows of one optimizer step.</param>
    /// <param name="step">Updates completed before it.</param>
    /// <returns>The batch's mean loss, nats a token: a 64-bit scalar on the model's device. Belongs to the caller.</returns>
    public Tensor Begin(TokenBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        var loss = zeros([], dtype: float64, device: model.Device);
        if (partitions == 1)
            Add(batch, step, firstNumber: 0, batch.Rows * share.Workers, loss);
        else
            AddSlices(batch, step, loss);
        return loss.MoveToOuterDisposeScope();
    }

    private void AddSlices(TokenBatch batch, long step, Tensor loss)
    {
        var slices = new GradientSlices(model.Parameters.Trainable, partitions);
        for (var slice = 0; slice < partitions; slice++)
        {
            using var part = zeros_like(loss);
            Add(RowsOf(batch, slice), step, slice * batch.Rows, batch.Rows * share.Workers / partitions, part);
            part.div_(LivingScalar.Of(partitions));
            loss.add_(part, LivingScalar.Of(1));
            slices.Keep(slice);
        }
        slices.PutBack();
    }

    /// <summary>Every n-th row of the whole batch, as far as it is here.</summary>
    private TokenBatch RowsOf(TokenBatch batch, int slice)
    {
        var rows = batch
            .Tokens.Chunk(batch.RowLength)
            .Where((_, row) => ((row * share.Workers) + share.Rank) % partitions == slice)
            .ToList();
        return batch with { Tokens = [.. rows.SelectMany(row => row)], Rows = rows.Count };
    }

    private void Add(TokenBatch batch, long step, int firstNumber, int wholeRows, Tensor loss)
    {
        for (int first = 0, number = firstNumber; first < batch.Rows; first += microBatch, number++)
        {
            var rows = Math.Min(microBatch, batch.Rows - first);
            // Other rows, other draws: the processes' numbers are all different.
            var stream = (number * share.Workers) + share.Rank;
            RandomStreams.ReseedDropout(seed, step, stream);
            var draws = new BlockDraws(seed, step, stream, model.Device);
            AddRows(batch, first, rows, draws, (double)rows / wholeRows, loss);
        }
    }

    private void AddRows(TokenBatch batch, int first, int rows, BlockDraws draws, double weight, Tensor loss)
    {
        using var scope = NewDisposeScope();
        using var cast = precision == Precision.BFloat16Mixed ? Autocast.Begin(model.Device) : null;
        var (inputs_BT, labels_BT) = TokenTensors.Of(batch, first, rows, model.Device);
        var embedded_BTW = EmbeddingGradient.Begin(model, inputs_BT);
        var pass = recompute ? new CheckpointedPass(model, embedded_BTW, draws) : null;
        var hidden_BTW = pass?.Hidden_BTW ?? model.Through(embedded_BTW, training: true);
        var part = ChunkedLoss.Backward(model, hidden_BTW, labels_BT, weight);
        var gradient_BTW = pass is null ? embedded_BTW.grad : pass.Backward();
        EmbeddingGradient.Add(model, inputs_BT, gradient_BTW);
        loss.add_(part, LivingScalar.Of(1));
    }
}
