using ReLoRA.Core.Configuration;
using ReLoRA.Core.Inference;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models.NeoX;

public sealed class NeoXCacheTests
{
    [Theory]
    [InlineData(NeoXFixture.Parallel)]
    [InlineData(NeoXFixture.Sequential)]
    [InlineData(NeoXFixture.Whole)]
    public void Prefill_chunk_and_token_give_the_recorded_logits_keys_and_values(string name)
    {
        using var scope = NewDisposeScope();
        using var loaded = NeoXFixture.Load(name, Precision.Float64);
        var expected = NeoXFixture.Outputs(name);
        var ids = expected["longest.ids"];
        using var cache = new KeyValueCache(loaded.Decoder, batch: 1, capacity: (int)ids.shape[1]);

        foreach (var (piece, count) in new[] { ("prefill", 3), ("chunk", 2), ("token", 1) })
        {
            var logits = loaded.Decoder.Forward(ids.narrow(1, cache.Length, count), cache);
            Golden.Near(expected[$"cache.{piece}.logits"], logits.squeeze(0), Golden.Float64, piece);
        }

        for (var layer = 0; layer < loaded.Decoder.Blocks.Count; layer++)
        {
            Golden.Near(expected[$"cache.{layer}.keys"], cache.Keys(layer).squeeze(0), Golden.Float64, "keys");
            Golden.Near(expected[$"cache.{layer}.values"], cache.Values(layer).squeeze(0), Golden.Float64, "values");
        }
    }

    [Theory]
    [InlineData(NeoXFixture.Parallel, Precision.Float64, Golden.Float64)]
    [InlineData(NeoXFixture.Sequential, Precision.Float32, Golden.Float32Logits)]
    public void Log_probabilities_are_the_same_with_and_without_a_cache(
        string name,
        Precision precision,
        double tolerance
    )
    {
        using var scope = NewDisposeScope();
        using var loaded = NeoXFixture.Load(name, precision);
        int[] ids = [1, 5, 2, 8, 3, 3, 0];

        var whole = TokenLogProbabilities.Of(loaded.Decoder, ids);
        var pieces = TokenLogProbabilities.WithCache(loaded.Decoder, ids, prefill: 2);

        Assert.All(whole.Zip(pieces), pair => Assert.InRange(pair.First - pair.Second, -tolerance, tolerance));
    }
}
