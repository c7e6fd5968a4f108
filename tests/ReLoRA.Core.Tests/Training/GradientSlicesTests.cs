using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class GradientSlicesTests
{
    private const int Slices = 3;

    /// <summary>The same sums in the same order, up to one division: 64-bit rounding.</summary>
    private const double Tolerance = 1e-12;

    private static readonly RunConfig Config = SmallRuns.Config with { Precision = Precision.Float64 };

    [Fact]
    public void Each_slice_of_the_weights_gets_the_gradient_of_its_own_rows()
    {
        using var scope = NewDisposeScope();
        var all = Gradients(Batch(6), Slices, out var loss);
        var whole = Gradients(Batch(6), 1, out var expectedLoss);
        var length = (all.numel() + Slices - 1) / Slices;

        Assert.Equal(expectedLoss, loss, Tolerance);
        for (var slice = 0; slice < Slices; slice++)
        {
            var start = slice * length;
            var count = Math.Min(length, all.numel() - start);
            var own = Gradients(Rows(Batch(6), slice), 1, out _);
            var found = all.narrow(0, start, count);
            Assert.True(Golden.LargestDifference(own.narrow(0, start, count), found) < Tolerance);
            Assert.True(Golden.LargestDifference(whole.narrow(0, start, count), found) > 1e-4);
        }
    }

    [Fact]
    public void Slices_free_every_tensor_they_made()
    {
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
        var gradients = new GradientAccumulation(model, 1, microBatch: 2, Slices);
        gradients.Add(Batch(6), 0);
        var before = LiveTensors.Count;

        gradients.Add(Batch(6), 1);

        Assert.Equal(before, LiveTensors.Count);
    }

    private static Tensor Gradients(TokenBatch batch, int slices, out double loss)
    {
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
        loss = new GradientAccumulation(model, 1, microBatch: 2, slices).Add(batch, 0);
        return cat([.. model.Parameters.Trainable.Select(parameter => parameter.Value.grad!.flatten())]);
    }

    private static TokenBatch Batch(int rows) =>
        new([.. Enumerable.Range(0, rows * 13).Select(i => (long)(i * i % 31))], rows, 13, new SampleCursor(0, 0));

    private static TokenBatch Rows(TokenBatch batch, int slice)
    {
        var rows = batch.Tokens.Chunk(13).Where((_, row) => row % Slices == slice).ToList();
        return batch with { Tokens = [.. rows.SelectMany(row => row)], Rows = rows.Count };
    }
}
