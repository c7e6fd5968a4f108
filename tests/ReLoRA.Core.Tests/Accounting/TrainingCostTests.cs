using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Accounting;

public sealed class TrainingCostTests
{
    private const int Sequence = 128;

    /// <summary>Numbers of Nano's matrices that are multiplied: four blocks and the head.</summary>
    private const double Matrices = (4 * 49_152) + (64 * 4096);

    private const double Attention = 2.0 * 2 * 4 * 64 * (Sequence + 1) / 2;

    [Fact]
    public void Full_rank_training_costs_six_operations_for_each_number_and_attention() =>
        Assert.Equal((2 * Matrices) + Attention, Cost(Presets.Nano).Forward);

    [Fact]
    public void The_way_back_costs_twice_the_way_there() =>
        Assert.Equal(3 * Cost(Presets.Nano).Forward, Cost(Presets.Nano).Training);

    [Fact]
    public void A_frozen_matrix_needs_no_gradient_and_adapters_cost_what_they_hold()
    {
        var reLoRA = Presets.Nano with
        {
            LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 1 },
        };
        // A row and a column of rank 1 for each of the seven linears of a block.
        var adapters = 4 * ((64 + 64) + 2 * (64 + 32) + (64 + 64) + 3 * (64 + 192));
        Assert.Equal(Cost(Presets.Nano).Training - (2 * 4 * 49_152) + (6 * adapters), Cost(reLoRA).Training);
    }

    private static TrainingCost Cost(RunConfig config)
    {
        using var model = ModelFactory.Create(config, CPU);
        return TrainingCost.Of(model, Sequence);
    }
}
