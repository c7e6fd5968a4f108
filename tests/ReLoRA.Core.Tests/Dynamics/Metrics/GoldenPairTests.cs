using System.Text.Json.Nodes;
using ReLoRA.Core.Dynamics.Metrics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Comparisons of two sets of activations against the published code's, or what is named in their place.</summary>
public sealed class GoldenPairTests
{
    /// <summary>64-bit figures: independent implementations agreed to 1e-9 or better.</summary>
    private const double Double = 1e-9;

    /// <summary>The published code casts activations to 32 bits first: recorded margin of 32-bit metrics.</summary>
    private const double Single = 1e-5;

    /// <summary>Weights were recorded of activations in 32 bits: 8e-9 was measured between two implementations in Python.</summary>
    private const double Weights = 1e-6;

    private const string Deficient = "rank deficient (";

    private static readonly HashSet<string> AllCorrelationsAreOne = ["rotated_scaled", "linear_map", "identical"];

    [Theory]
    [InlineData("values_pico_lm.json")]
    [InlineData("values_fork.json")]
    public void Cka_is_the_published_one_biased_and_debiased_and_over_columns_and_over_samples(string file)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, x, y, recorded) in Pairs(file))
        {
            var (biased, debiased) = (Cka.Of(x, y), Cka.Of(x, y, CkaEstimator.Debiased));
            var finding = ExpectedOfCka(name);
            foreach (
                var (entry, figure, tolerance) in new[]
                {
                    ("cka", biased, Single),
                    ("cka_float64_inputs_to_lib", biased, Double),
                    ("cka_gram_space_float64", biased, Double),
                    ("cka_debiased_float64", debiased, Double),
                }
            )
            {
                if (finding.Length > 0)
                    Golden.Undefined(recorded[entry]!, figure, finding);
                else
                    Golden.Near(recorded[entry]!, figure.Value, tolerance);
            }
            if (name == "fewer_samples_than_features")
                Assert.Equal(("fewer samples than columns", ""), (biased.Finding, debiased.Finding));
        }
    }

    [Theory]
    [InlineData("values_pico_lm.json")]
    [InlineData("values_fork.json")]
    public void Canonical_correlations_and_their_means_are_the_published_ones_of_activations_of_full_rank(string file)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, x, y, recorded) in Pairs(file))
        {
            var (finding, means) = (ExpectedOfCca(name), recorded["mean_cca_float64"]!);
            var (correlations, mean) = (CanonicalCorrelations.Of(x, y), Svcca.Of(x, y, share: 1));
            Assert.Equal(finding, correlations.Finding);
            // Both duplicates count there, one of them with a correlation of 0 that is rounding.
            if (finding.Length > 0)
            {
                Golden.Undefined(means, mean, finding);
                continue;
            }
            Golden.Near(means, mean.Value, Double);
            foreach (var (expected, value) in Parts(recorded, "cca_coefficients").Zip(correlations.Values))
                Golden.Near(expected, value, Double);
        }
    }

    [Theory]
    [InlineData("values_pico_lm.json")]
    [InlineData("values_fork.json")]
    public void Pwcca_with_the_published_weights_is_the_published_one_of_activations_of_full_rank(string file)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, x, y, recorded) in Pairs(file))
        {
            var (finding, published) = (ExpectedOfCca(name), recorded["pwcca"]!);
            var exact = recorded["pwcca_float64_inputs_to_lib"]!;
            if (finding.Length > 0 || published is JsonObject)
            {
                var seeds = recorded["pwcca_over_5_numpy_seeds"]?.AsArray() ?? [];
                foreach (var entry in new[] { published, exact }.Concat(seeds))
                    Golden.Undefined(entry!, Pwcca.Of(x, y), finding);
                continue;
            }
            var (weights, _) = Pwcca.Weighted(x, y, PwccaWeights.Published);
            var figure = Pwcca.Of(x, y, PwccaWeights.Published);
            Golden.Near(published, figure.Value, Single);
            Golden.Near(exact, figure.Value, Double);
            if (AllCorrelationsAreOne.Contains(name))
                continue;
            foreach (var (expected, value) in Parts(recorded, "weights").Zip(weights.Values))
                Golden.Near(expected, value, Weights);
        }
    }

    private static IEnumerable<JsonNode> Parts(JsonNode recorded, string part) =>
        (recorded["pwcca_parts"]?[part]?.AsArray() ?? []).Select(value => value!);

    private static IEnumerable<(string Name, Tensor X, Tensor Y, JsonNode Recorded)> Pairs(string file)
    {
        var tensors = Golden.Tensors("metrics", "matrices.safetensors");
        return Golden.Json("metrics", file)["pairs"]!
            .AsObject()
            .Select(pair =>
                (pair.Key, tensors[$"pair.{pair.Key}.source"], tensors[$"pair.{pair.Key}.target"], pair.Value!)
            );
    }

    private static string ExpectedOfCka(string name) =>
        name switch
        {
            "constant_source" => "constant columns",
            "nan_source" => "not finite",
            _ => "",
        };

    private static string ExpectedOfCca(string name) =>
        name switch
        {
            "dead_feature_in_source" or "duplicate_feature_in_source" => Deficient + "9 of 10)",
            "low_rank_source" => Deficient + "3 of 10)",
            "fewer_samples_than_features" => "fewer samples than columns",
            _ => ExpectedOfCka(name),
        };
}
