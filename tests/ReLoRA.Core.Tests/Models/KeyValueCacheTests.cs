using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models;

public sealed class KeyValueCacheTests
{
    private static readonly RunConfig InFloat64 = new() { Precision = Precision.Float64 };

    [Fact]
    public void Keys_and_values_after_prefill_and_chunk_are_those_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder("main", InFloat64);
        var ids = Golden.Tensors("decoder", "main", "batches.safetensors")["main.input_ids"].narrow(0, 0, 1);
        var expected = Golden.Tensors("decoder", "main", "outputs_f64.safetensors");
        using var cache = new KeyValueCache(model, batch: 1, capacity: 40);

        // As recorded: 21 tokens, then the other 11 at once.
        var first = model.Forward(ids.narrow(1, 0, 21), cache);
        var second = model.Forward(ids.narrow(1, 21, 11), cache);

        Golden.Near(expected["cache.layer0.keys"], cache.Keys(0), Golden.Float64);
        Golden.Near(expected["cache.layer0.values"], cache.Values(0), Golden.Float64);
        Golden.Near(expected["main.logits"].narrow(0, 0, 1), cat([first, second], 1), Golden.Float64);
    }

    [Theory]
    [InlineData("main", Precision.Float64, 21, 11, Golden.Float64)]
    [InlineData("main", Precision.Float32, 21, 11, Golden.Float32Logits)]
    [InlineData("mha", Precision.Float64, 5, 3, Golden.Float64)]
    [InlineData("mha", Precision.Float32, 5, 3, Golden.Float32Logits)]
    public void Two_rows_in_two_pieces_give_the_logits_of_the_whole(
        string name,
        Precision precision,
        int prefill,
        int chunk,
        double tolerance
    )
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, new RunConfig { Precision = precision });
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")["main.input_ids"].narrow(0, 0, 2);
        var expected = Golden.Tensors("decoder", name, "outputs_f64.safetensors")["main.logits"].narrow(0, 0, 2);
        using var cache = new KeyValueCache(model, batch: 2, capacity: prefill + chunk);

        var first = model.Forward(ids.narrow(1, 0, prefill), cache);
        var second = model.Forward(ids.narrow(1, prefill, chunk), cache);

        Golden.Near(expected, cat([first, second], 1), tolerance);
        Assert.Equal([2, prefill + chunk, model.Model.KeyValueHeads, model.Model.HeadWidth], cache.Keys(0).shape);
    }

    [Theory]
    [InlineData("main", "main")]
    [InlineData("main", "maxlen")]
    [InlineData("mha", "main")]
    [InlineData("mha", "maxlen")]
    [InlineData("mha", "seq1")]
    public void Token_by_token_the_logits_are_those_of_the_whole_sequence(string name, string batch)
    {
        using var scope = NewDisposeScope();
        using var model = Golden.Decoder(name, InFloat64);
        var ids = Golden.Tensors("decoder", name, "batches.safetensors")[$"{batch}.input_ids"];
        var expected = Golden.Tensors("decoder", name, "outputs_f64.safetensors")[$"{batch}.logits"];
        using var cache = new KeyValueCache(model, (int)ids.shape[0], (int)ids.shape[1]);

        var steps = Enumerable.Range(0, (int)ids.shape[1]).Select(at => model.Forward(ids.narrow(1, at, 1), cache));

        Golden.Near(expected, cat([.. steps], 1), Golden.Float64);
    }

    [Fact]
    public void A_cleared_cache_starts_anew_and_a_full_one_refuses_and_stays_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var ids = ones(1, 3, dtype: int64);
        using var cache = new KeyValueCache(model, batch: 1, capacity: 4);
        var first = model.Forward(ids, cache);

        Assert.Contains(
            "2 tokens after 3",
            Assert.Throws<ArgumentException>(() => model.Forward(ids.narrow(1, 0, 2), cache)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(3, cache.Length);
        cache.Clear();
        Assert.Equal(0, Golden.LargestDifference(first, model.Forward(ids, cache)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyValueCache(model, 1, 13).Dispose());
    }

    [Fact]
    public void A_cached_pass_leaves_one_tensor_and_a_disposed_cache_none()
    {
        using var outer = NewDisposeScope();
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var ids = ones(1, 3, dtype: int64);
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        using (var cache = new KeyValueCache(model, batch: 1, capacity: 12))
        {
            var filled = LiveTensors.Count;
            for (var i = 0; i < 3; i++)
                model.Forward(ids, cache);
            Assert.Equal(filled + 3, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }
}
