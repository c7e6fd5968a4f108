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
                Golden.Same(expected, threshold);
                var pruned = stored[$"input.{name}"].clone();
                Golden.Same(found["n"]!, pruned.numel());
                Golden.Same(found["nonzero_before"]!, pruned.count_nonzero().item<long>());
                MagnitudePruning.Apply(pruned, Number(ratio));
                Golden.Same(found["nonzero_after"]!, pruned.count_nonzero().item<long>());
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
        var results = Golden.Json("optimizer_reset", "results.json");
        var kept = results["optimizer_reset"]![$"magnitude_{ratio}"]!["kept"]!;
        foreach (var name in new[] { "p0.exp_avg", "p0.exp_avg_sq", "p1.exp_avg", "p1.exp_avg_sq" })
        {
            var moment = stored[$"before.{name}"].clone();
            MagnitudePruning.Apply(moment, Number(ratio));
            AssertSame(stored[$"magnitude_{ratio}.{name}"], moment);
            Golden.Same(kept[name]!, moment.count_nonzero().item<long>());
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
                // Differences of a weight near one, in units of 1e-3.
                Golden.Near(size!, (before - weight.item<double>()) / rate, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("0.9")]
    [InlineData("0.99")]
    [InlineData("0.999")]
    public void Random_pruning_keeps_the_share_that_the_published_code_expects(string ratio)
    {
        using var scope = NewDisposeScope();
        var recorded = Golden.Json("optimizer_reset", "results.json")["random"]!["torch.float32"]![ratio]!;
        var lowRank = new LowRankConfig
        {
            Method = LowRankMethod.ReLoRA,
            Rank = 4,
            Targets = ["linear"],
        };
        using var parameters = new ParameterSet();
        var linear = new ReLoRALinear("linear", zeros(1, 250_000), lowRank, parameters);
        using var optimizer = new AdamW(parameters.Trainable, new OptimizerConfig());
        var moment = optimizer.MomentsOf(linear.A).First;
        using (no_grad())
            moment.fill_(LivingScalar.Of(1));
        var semantics = new ResetSemantics { Moments = MomentReset.RandomPrune, PruneRatio = Number(ratio) };

        OptimizerStateReset.Apply(linear, optimizer, semantics, seed: 7, Turns.First(linear));

        Golden.Same(recorded["n"]!, moment.numel());
        var share = (double)moment.count_nonzero().item<long>() / moment.numel();
        // Five standard deviations: one draw in two million falls outside, and this seed's is fixed.
        Golden.Near(recorded["expected_kept_fraction"]!, share, 5 * (double)recorded["sd_of_kept_fraction"]!);
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
        // Not a number on both sides is the same; a difference could not say so.
        Golden.Near(expected, expected.where(same, actual), tolerance: 0, isNaNAllowed: true);
    }
}
