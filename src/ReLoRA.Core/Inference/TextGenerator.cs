using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Inference;

/// <summary>Continues a sequence token by token, through a cache of keys and values.</summary>
public static class TextGenerator
{
    /// <summary>Generates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">Token ids to go on from, at least one.</param>
    /// <param name="settings">How many tokens, and how each is chosen.</param>
    /// <returns>The new tokens, one by one; the one that ends a text is the last and is among them.</returns>
    /// <exception cref="UserFaultException">An id is not of the vocabulary, or there are too many.</exception>
    public static IEnumerable<int> Generate(Decoder model, IReadOnlyList<int> prompt, GenerationSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prompt.Count);
        TokenIds.Require(model.Model, prompt);
        return Continue(model, prompt, settings);
    }

    private static IEnumerable<int> Continue(Decoder model, IReadOnlyList<int> prompt, GenerationSettings settings)
    {
        var room = Math.Min(settings.Tokens, model.Model.MaxSequenceLength - prompt.Count);
        using var generator = RandomStreams.Generator(settings.Seed, "generate", 0, "");
        using var cache = new KeyValueCache(model, batch: 1, capacity: prompt.Count + Math.Max(0, room));
        var next = prompt;
        for (var made = 0; made < room; made++)
        {
            var id = Next(model, next, cache, settings.Temperature, generator);
            yield return id;
            if (settings.Ends.Contains(id))
                yield break;
            next = [id];
        }
    }

    private static int Next(
        Decoder model,
        IReadOnlyList<int> ids,
        KeyValueCache cache,
        double temperature,
        Generator generator
    )
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var logits_V = model.Forward(TokenIds.Tensor(ids, model.Device), cache)[0, -1].to(float64).cpu();
        var chosen =
            temperature == 0
                ? logits_V.argmax()
                : multinomial(
                    nn.functional.softmax(logits_V.Times(1 / temperature), -1),
                    1,
                    replacement: false,
                    generator
                );
        return (int)chosen.item<long>();
    }
}
