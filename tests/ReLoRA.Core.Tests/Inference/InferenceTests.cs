using ReLoRA.Core.Configuration;
using ReLoRA.Core.Inference;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Inference;

public sealed class InferenceTests
{
    private static readonly IReadOnlyList<(string Name, bool Starts, int Length)> Ways =
    [
        ("hf_add_start_token_False", false, 64),
        ("hf_add_start_token_False_batch_size_2", false, 64),
        ("hf_add_start_token_True", true, 64),
        ("hf_add_start_token_False_max_length_8", false, 8),
        ("hf_add_start_token_True_max_length_8", true, 8),
    ];

    /// <summary>
    /// Log-probabilities in 32 bits with and without a cache: the same sums in another order of blocks. 4.3e-6 was measured, from
    /// logits of up to 20 whose own rounding is 1e-6; the margin is for other BLAS builds.
    /// </summary>
    private const double OtherOrder = 5e-5;

    /// <summary>The same in 64 bits: 4e-15 was measured.</summary>
    private const double OtherOrderInFloat64 = 1e-10;

    private const string Documented =
        "Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball.";

    [Fact]
    public void The_trained_model_tells_its_documented_story()
    {
        var folder = SharedData.Require("data", "models", "stories260k");
        using var model = ModelFolder.Load(folder, Precision.Float32, CPU);
        var tokenizer = TextTokenizer.Find(folder);

        var ids = TextGenerator.Generate(model.Decoder, [1], new GenerationSettings { Tokens = 80 }).ToList();

        Assert.Equal(1, model.BeginOfText);
        Assert.StartsWith(Documented, tokenizer.Decode(ids), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Precision.Float32, OtherOrder)]
    [InlineData(Precision.Float64, OtherOrderInFloat64)]
    public void The_trained_model_finds_its_story_as_likely_with_and_without_cache(
        Precision precision,
        double tolerance
    )
    {
        var folder = SharedData.Require("data", "models", "stories260k");
        using var model = ModelFolder.Load(folder, precision, CPU);
        var ids = new[] { 1 }.Concat(TextTokenizer.Find(folder).Encode(Documented)).ToList();

        var whole = TokenLogProbabilities.Of(model.Decoder, ids);

        Assert.Equal(ids.Count - 1, whole.Count);
        // What the model was trained on is not strange to it.
        Assert.InRange(whole.Average(), -1.5, -0.01);
        foreach (var prefill in new[] { 1, 7, ids.Count })
        {
            var cached = TokenLogProbabilities.WithCache(model.Decoder, ids, prefill);
            Assert.Equal(whole.Count, cached.Count);
            foreach (var (one, other) in whole.Zip(cached))
                Golden.Near($"prefill {prefill}", one, other, tolerance);
        }
    }

    [Theory]
    [InlineData("f64")]
    [InlineData("f32")]
    public void Log_probabilities_are_those_of_the_published_code(string mode)
    {
        var golden = GoldenMode.Of(mode);
        using var model = Golden.Decoder("main", new RunConfig { Precision = golden.Precision });
        var json = Golden.Json("blimp_scoring", "scores.json");
        var start = (int)json["start_token_id"]!;
        var scored = json["modes"]![mode]!["pairs"]!.AsArray();

        foreach (var (pair, scores) in json["pairs"]!.AsArray().Zip(scored))
        {
            foreach (var way in new[] { "no_start_token", "start_token_0" })
            {
                var sums = new Dictionary<string, double>();
                foreach (var side in new[] { "good", "bad" })
                {
                    var ids = pair![side]!.AsArray().Select(id => (int)id!);
                    var expected = scores![way]![side]!;
                    var found = TokenLogProbabilities.Of(
                        model,
                        [.. way == "no_start_token" ? ids : ids.Prepend(start)]
                    );
                    Golden.Same(expected["n_scored"]!, found.Count);
                    foreach (var (one, other) in expected["token_logprobs"]!.AsArray().Zip(found))
                        Golden.Near(one!, other, golden.Values);
                    // As many roundings as there are tokens.
                    Golden.Near(expected["sum"]!, sums[side] = found.Sum(), found.Count * golden.Values);
                    Golden.Near(expected["mean"]!, sums[$"{side} mean"] = found.Average(), golden.Values);
                }
                // Two sums of at most 20 tokens each.
                Golden.Near(scores![way]!["margin_sum"]!, sums["good"] - sums["bad"], 40 * golden.Values);
                Golden.Near(scores[way]!["margin_mean"]!, sums["good mean"] - sums["bad mean"], 2 * golden.Values);
            }
        }
    }

    [Theory]
    [InlineData("f64")]
    [InlineData("f32")]
    public void Perplexities_from_our_log_probabilities_are_those_of_the_published_code(string mode)
    {
        var golden = GoldenMode.Of(mode);
        using var model = Golden.Decoder("main", new RunConfig { Precision = golden.Precision });
        var json = Golden.Json("blimp_scoring", "scores.json");
        var recorded = json["modes"]![mode]!["perplexity"]!;
        var sequences = json["perplexity_batch"]!["sequences"]!
            .AsArray()
            .Select(sequence => sequence!.AsArray().Select(id => (int)id!).ToList())
            .ToList();

        foreach (var (name, starts, length) in Ways)
        {
            var found = sequences.Select(ids => Perplexity(ids, starts, length)).ToList();
            var perplexities = recorded[name]!["perplexities"]?.AsArray() ?? [];
            // A relative error of exp is the absolute one of its argument.
            foreach (var (one, other) in perplexities.Zip(found))
                Golden.Near(one!, other, golden.Values, isRelative: true);
            Golden.Near(recorded[name]!["mean_perplexity"]!, found.Average(), golden.Values, isRelative: true);
        }
        var all = sequences.Select(ids => TokenLogProbabilities.Of(model, ids)).ToList();
        var corpus = recorded["corpus_token_weighted"]!;
        var tokens = all.Sum(values => values.Count);
        var total = -all.Sum(values => values.Sum());
        Golden.Same(corpus["tokens"]!, tokens);
        Golden.Near(corpus["total_nll"]!, total, tokens * golden.Values);
        Golden.Near(corpus["perplexity"]!, Math.Exp(total / tokens), golden.Values, isRelative: true);
        var means = Math.Exp(-all.Average(values => values.Average()));
        Golden.Near(recorded["exp_of_mean_of_sequence_means"]!, means, golden.Values, isRelative: true);

        double Perplexity(List<int> ids, bool starts, int length)
        {
            var kept = starts ? ids.Take(length - 1).Prepend((int)json["start_token_id"]!) : ids.Take(length);
            return Math.Exp(-TokenLogProbabilities.Of(model, [.. kept]).Average());
        }
    }

    [Fact]
    public void Draws_are_those_of_the_seed_and_an_end_token_ends_a_text()
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var settings = new GenerationSettings { Temperature = 1, Seed = 7 };

        var first = TextGenerator.Generate(model, [3], settings).ToList();
        var again = TextGenerator.Generate(model, [3], settings).ToList();
        var other = TextGenerator.Generate(model, [3], settings with { Seed = 8 }).ToList();
        var ended = TextGenerator.Generate(model, [3], settings with { Ends = [first[2]] }).ToList();

        // The model's longest sequence ends it.
        Assert.Equal(SmallRuns.Config.Model.MaxSequenceLength - 1, first.Count);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(first.Take(first.IndexOf(first[2]) + 1), ended);
    }

    [Fact]
    public void Ids_that_are_not_of_the_vocabulary_and_sequences_that_are_too_long_are_refused()
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);

        Assert.Contains("0 to 31", Fault([1, 32]), StringComparison.Ordinal);
        Assert.Contains("id -1", Fault([-1, 2]), StringComparison.Ordinal);
        Assert.Contains("13 tokens; allowed: at most 12", Fault(new int[13]), StringComparison.Ordinal);
        Assert.Empty(TokenLogProbabilities.Of(model, [1]));
        Assert.Empty(TokenLogProbabilities.WithCache(model, []));

        string Fault(int[] ids) =>
            Assert.Throws<UserFaultException>(() => TokenLogProbabilities.Of(model, ids)).Message;
    }

    [Fact]
    public void Inference_leaves_no_tensors_behind()
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var before = LiveTensors.Count;

        TokenLogProbabilities.Of(model, [1, 2, 3]);
        TokenLogProbabilities.WithCache(model, [1, 2, 3]);
        _ = TextGenerator.Generate(model, [1], new GenerationSettings()).Take(3).Count();

        Assert.Equal(before, LiveTensors.Count);
    }
}
