using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Distributed;

[Collection(DefaultGenerator.Collection)]
public sealed class SharedGradientsTests
{
    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.Exact);

    [Fact]
    public void Gradients_in_one_piece_give_the_update_of_gradients_apart_to_the_bit()
    {
        var (apart, together) = (Updated(flatTail: 0), Updated(flatTail: 3));
        Assert.Equal(apart, together);
    }

    [Fact]
    public void Gradients_of_16_bits_are_summed_in_32()
    {
        using var weight = ones(5, dtype: bfloat16).requires_grad_(true);
        using var optimizer = new AdamW([new Parameter("w", weight, true)], Config.Optimizer, flatTail: 1);
        using (no_grad())
            weight.grad!.fill_(LivingScalar.Of(0.5));
        optimizer.Flat!.Gather();
        Assert.Equal(float32, optimizer.Flat.Whole.dtype);
        using (no_grad())
            optimizer.Flat.Whole.mul_(LivingScalar.Of(2));
        optimizer.Flat.Scatter();
        Assert.Equal(1, weight.grad!.to(float32).mean().item<float>());
    }

    [Fact]
    public void Dropout_draws_other_masks_in_each_process()
    {
        Assert.NotEqual(Loss(rank: 0, dropout: 0.5), Loss(rank: 1, dropout: 0.5));
        Assert.Equal(Loss(rank: 0, dropout: 0.5), Loss(rank: 0, dropout: 0.5));
        // The same rows: only the masks can differ.
        Assert.Equal(Loss(rank: 0, dropout: 0), Loss(rank: 1, dropout: 0));
    }

    [Fact]
    public void A_weight_that_differs_in_one_process_ends_all_and_is_named()
    {
        var messages = ThreadMeeting.Run(
            3,
            collective =>
            {
                using var model = ModelFactory.Create(Config, CPU);
                if (collective.Rank == 2)
                    using (no_grad())
                        model.Parameters["layers.1.attention.k_proj.B_lora.weight"].Value[0, 0] = tensor(1e-7f);
                return Assert
                    .Throws<RanksDifferException>(() =>
                        new WeightsAgreement(collective).Require(model.Parameters, "At the reset after step 8")
                    )
                    .Message;
            }
        );
        Assert.All(messages, message => Assert.Equal(messages[0], message));
        Assert.StartsWith(
            "At the reset after step 8: layers.1.attention.k_proj.B_lora.weight of process 2 is not that of process 0.",
            messages[0]
        );
    }

    [Fact]
    public void Processes_begin_with_the_weights_of_the_first()
    {
        var seeds = ThreadMeeting.Run(
            2,
            collective =>
            {
                using var model = ModelFactory.Create(Config with { Seed = collective.Rank }, CPU);
                using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
                new WeightsAgreement(collective).Begin(model.Parameters, optimizer);
                new WeightsAgreement(collective).Require(model.Parameters, "Then");
                return model.Parameters.Sum(weight => weight.Value.sum().item<float>());
            }
        );
        Assert.Equal(seeds[0], seeds[1]);
    }

    [Fact]
    public void Processes_begin_with_the_first_ones_masters_and_with_digits_that_its_weights_have_not()
    {
        var masters = ThreadMeeting.Run(
            2,
            collective =>
            {
                using var weight = ones(3, dtype: bfloat16).requires_grad_(true);
                using var optimizer = new AdamW(
                    [new Parameter("w", weight, true)],
                    Config.Optimizer,
                    holdsMasters: true
                );
                // As after a resume: 1.001 is 1 in 16 bits.
                using (no_grad())
                    Assert.Single(optimizer.Masters).Value.fill_(LivingScalar.Of(1.001 + collective.Rank));
                new WeightsAgreement(collective).Begin(optimizer.Parameters, optimizer);
                return Assert.Single(optimizer.Masters).Value.data<float>().ToArray();
            }
        );
        Assert.Equal([1.001f, 1.001f, 1.001f], masters[0]);
        Assert.Equal(masters[0], masters[1]);
    }

    [Fact]
    public void An_exchange_leaves_no_tensor_behind()
    {
        var left = ThreadMeeting.Run(
            2,
            collective =>
            {
                using var weight = ones(5).requires_grad_(true);
                using var optimizer = new AdamW(
                    [new Parameter("w", weight, true)],
                    Config.Optimizer,
                    flatTail: StepTail.Length
                );
                var exchange = new GradientExchange(collective, optimizer, batchSize: 4, TimeProvider.System);
                using var loss = zeros([], dtype: float64);
                exchange.Sum(loss, 2, default);
                // A sum that is taken away on another thread is that thread's: both have to be through.
                collective.Barrier();
                var before = LiveTensors.Count;
                for (var step = 0; step < 5; step++)
                    exchange.Sum(loss, 2, default);
                collective.Barrier();
                return LiveTensors.Count - before;
            }
        );
        Assert.Equal([0L, 0L], left);
    }

    [Fact]
    public void Parts_of_another_batch_are_refused()
    {
        var faults = ThreadMeeting.Run(
            2,
            collective =>
            {
                using var model = ModelFactory.Create(Config, CPU);
                using var optimizer = new AdamW(
                    model.Parameters.Trainable,
                    Config.Optimizer,
                    flatTail: StepTail.Length
                );
                var exchange = new GradientExchange(collective, optimizer, batchSize: 4, TimeProvider.System);
                using var loss = zeros([], dtype: float64);
                return Assert.Throws<InvalidOperationException>(() => exchange.Sum(loss, 3, default)).Message;
            }
        );
        Assert.All(faults, fault => Assert.Contains("6 rows together, and the batch has 4", fault));
    }

    private static double Loss(int rank, double dropout)
    {
        var config = Config with
        {
            LowRank = Config.LowRank with { Semantics = Config.LowRank.Semantics with { Dropout = dropout } },
        };
        using var model = ModelFactory.Create(config, CPU);
        // An adapter whose B is zero adds nothing, dropped or not.
        using (no_grad())
            foreach (
                var weight in model.Parameters.Where(weight =>
                    weight.Name.EndsWith("B_lora.weight", StringComparison.Ordinal)
                )
            )
                weight.Value.fill_(LivingScalar.Of(0.1));
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        return new GradientAccumulation(model, 1, microBatch: 2, share: new WorkerShare(rank, 2)).Add(Batch(2), 0);
    }

    private static byte[] Updated(int flatTail)
    {
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer, flatTail: flatTail);
        var gradients = new GradientAccumulation(model, 1, microBatch: 1);
        for (var step = 0; step < 3; step++)
        {
            gradients.Add(Batch(2), step);
            optimizer.Step(1e-2);
        }
        return [.. model.Parameters.SelectMany(weight => weight.Value.detach().contiguous().bytes.ToArray())];
    }

    private static TokenBatch Batch(int rows) =>
        new([.. Enumerable.Range(0, rows * 13).Select(i => (long)(i * i % 31))], rows, 13, new SampleCursor(0, 0));
}
