using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

public sealed class MagnitudePruningTests
{
    [Fact]
    public void What_stays_is_what_the_published_code_keeps()
    {
        using var scope = NewDisposeScope();
        var stored = Golden.Tensors("optimizer_reset", "magnitude.safetensors");
        var cases = stored.Where(entry => entry.Key.StartsWith("magnitude_", StringComparison.Ordinal)).ToList();
        Assert.Equal(38, cases.Count);

        Assert.All(
            cases,
            entry =>
            {
                var (ratio, name) = Parts(entry.Key);
                var values = stored[$"input.{name}"].clone();
                MagnitudePruning.Apply(values, ratio);
                AssertSame(entry.Value, values);
            }
        );
    }

    [Fact]
    public void Thresholds_are_those_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        var stored = Golden.Tensors("optimizer_reset", "magnitude.safetensors");
        foreach (var (name, ratios) in Golden.Json("optimizer_reset", "results.json")["magnitude"]!.AsObject())
        {
            foreach (var (ratio, found) in ratios!.AsObject())
            {
                var expected = found!["threshold"]!;
                var values = stored[$"input.{name}"].abs();
                var quantile = MagnitudePruning.Quantile(values, Number(ratio));
                var threshold = tensor(quantile, dtype: values.dtype).to(float64).item<double>();
                if (expected.GetValueKind() == System.Text.Json.JsonValueKind.String)
                    Assert.True(double.IsNaN(threshold), name);
                else
                    Assert.True((double)expected == threshold, $"{name} {ratio}: {threshold:R}");
            }
        }
    }

    [Theory]
    [InlineData("0.9")]
    [InlineData("0.99")]
    public void Both_moments_of_an_AdamW_are_pruned_each_by_its_own_quantile(string ratio)
    {
        using var scope = NewDisposeScope();
        var stored = Golden.Tensors("optimizer_reset", "adam_state.safetensors");
        foreach (var name in new[] { "p0.exp_avg", "p0.exp_avg_sq", "p1.exp_avg", "p1.exp_avg_sq" })
        {
            var moment = stored[$"before.{name}"].clone();
            MagnitudePruning.Apply(moment, Number(ratio));
            AssertSame(stored[$"magnitude_{ratio}.{name}"], moment);
        }
    }

    [Fact]
    public void An_update_after_zeroed_moments_is_as_large_as_the_published_one_and_the_counter_decides_how_large()
    {
        using var scope = NewDisposeScope();
        var sizes = Golden.Json("optimizer_reset", "results.json")["update_size_after_reset_in_units_of_lr"]!;

        AssertSizes(sizes["moments_zeroed_at_step_2001_counter_kept"]!.AsArray(), 2001);
        AssertSizes(sizes["fresh_optimizer"]!.AsArray(), 0);

        static void AssertSizes(System.Text.Json.Nodes.JsonArray expected, int counter)
        {
            const double rate = 1e-3;
            using var weight = zeros(1, dtype: float64, requires_grad: true);
            using var optimizer = new AdamW(
                [new Parameter("w", weight, true)],
                new OptimizerConfig { WeightDecay = 0 }
            );
            using (no_grad())
                optimizer.MomentsOf(weight).Step.fill_(LivingScalar.Of(counter));
            foreach (var size in expected)
            {
                var before = weight.item<double>();
                using (no_grad())
                    weight.grad!.fill_(LivingScalar.Of(1));
                optimizer.Step(rate);
                Assert.Equal((double)size!, (before - weight.item<double>()) / rate, 1e-6);
            }
        }
    }

    [Fact]
    public void Pruning_frees_every_tensor_it_made()
    {
        using var values = Draws.Normal([50]);
        var before = LiveTensors.Count;
        MagnitudePruning.Apply(values, 0.9);
        Assert.Equal(before, LiveTensors.Count);
        Assert.Equal(5, values.count_nonzero().item<long>());
    }

    private static (double Ratio, string Name) Parts(string key)
    {
        var rest = key["magnitude_".Length..];
        var dot = rest.IndexOf('.', 2);
        return (Number(rest[..dot]), rest[(dot + 1)..]);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        var same = expected.eq(actual).logical_or(expected.isnan().logical_and(actual.isnan()));
        Assert.True(same.all().item<bool>());
    }
}
