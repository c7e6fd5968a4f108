using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Optimization;

public sealed class AdamWTests : IDisposable
{
    private static readonly OptimizerConfig Decaying = new() { WeightDecay = 0.5, NoDecay = ["NORM"] };

    private readonly ParameterSet parameters = new();
    private readonly Tensor linear;
    private readonly Tensor norm;

    public AdamWTests()
    {
        linear = parameters.Add("layers.0.linear.weight", ones(3, 2), isTrainable: true);
        norm = parameters.Add("layers.0.norm.weight", ones(2), isTrainable: true);
    }

    public void Dispose() => parameters.Dispose();

    [Fact]
    public void Weights_that_are_named_are_not_decayed_and_the_others_are()
    {
        using var optimizer = new AdamW(parameters, Decaying);
        optimizer.Step(learningRate: 0.1);
        Assert.Equal(0.95f, linear[0, 0].item<float>());
        Assert.Equal(1f, norm[0].item<float>());
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NaN)]
    public void A_gradient_or_loss_that_is_no_finite_number_changes_nothing(double gradient, double loss)
    {
        using var scope = NewDisposeScope();
        using var optimizer = new AdamW(parameters, Decaying with { ClipNorm = 1 });
        linear.grad!.fill_(tensor(1.0).ToScalar());
        optimizer.Step(0.1);
        var (weight, moments) = (linear.clone(), optimizer.MomentsOf(linear));
        var (first, second, steps) = (moments.First.clone(), moments.Second.clone(), moments.Step.item<float>());

        linear.grad!.fill_(tensor(gradient).ToScalar());
        using var found = optimizer.Update(0.1, tensor(loss, dtype: float64));

        Assert.Equal(double.IsFinite(gradient), double.IsFinite(found.item<double>()));
        Assert.True(linear.equal(weight).all().item<bool>());
        Assert.True(moments.First.equal(first).all().item<bool>() && moments.Second.equal(second).all().item<bool>());
        Assert.Equal(1, steps);
        Assert.Equal(steps, moments.Step.item<float>());
        Assert.Equal(0, linear.grad!.count_nonzero().item<long>());
    }

    [Fact]
    public void Held_masters_add_up_updates_that_a_16_bit_weight_would_lose()
    {
        using var scope = NewDisposeScope();
        using var small = new ParameterSet();
        var weight = small.Add("w", ones(2, dtype: bfloat16), isTrainable: true);
        using var held = new AdamW(small, new OptimizerConfig { WeightDecay = 0 }, holdsMasters: true);
        for (var step = 0; step < 10; step++)
        {
            weight.grad!.fill_(tensor(1.0).ToScalar());
            held.Step(1e-3);
        }
        // One unit of the last place is 2^-8 below 1: a single update of 0.001 is lost, ten are not.
        Assert.Equal(0.990, held.Masters.Single().Value[0].item<float>(), 1e-3);
        Assert.Equal(0.98828125f, weight[0].to(float32).item<float>());
    }

    [Fact]
    public void What_was_changed_behind_a_masters_back_is_overwritten_unless_it_is_adopted()
    {
        using var scope = NewDisposeScope();
        using var small = new ParameterSet();
        var weight = small.Add("w", ones(2, dtype: bfloat16), isTrainable: true);
        using var optimizer = new AdamW(small, new OptimizerConfig { WeightDecay = 0 }, holdsMasters: true);
        using var frozen = no_grad();
        weight.zero_();
        optimizer.Step(1e-3);
        Assert.Equal(1, weight[0].to(float32).item<float>());
        weight.zero_();
        optimizer.Adopt(weight);
        optimizer.Step(1e-3);
        Assert.Equal(0, weight[0].to(float32).item<float>());
    }
}
