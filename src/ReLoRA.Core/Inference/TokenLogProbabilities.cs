using ReLoRA.Core.Models;
using static TorchSharp.torch;

// T: positions, V: vocabulary.
namespace ReLoRA.Core.Inference;

/// <summary>
/// <c>log p(x_t | x_1 .. x_t-1)</c> of each token after the first, in nats: the logits in the model's own precision, their
/// log-softmax in 64 bits.
/// </summary>
public static class TokenLogProbabilities
{
    /// <summary>The values of a sequence, from one forward pass in evaluation mode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">Token ids.</param>
    /// <returns>One value for each id after the first.</returns>
    /// <exception cref="UserFaultException">An id is not of the vocabulary, or there are too many.</exception>
    public static IReadOnlyList<double> Of(Decoder model, IReadOnlyList<int> ids)
    {
        TokenIds.Require(model.Model, ids);
        if (ids.Count < 2)
            return [];
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var logits_BTV = model.Forward(TokenIds.Tensor(ids.Take(ids.Count - 1), model.Device), training: false);
        return Pick(logits_BTV[0], ids.Skip(1));
    }

    /// <summary>The same values from a prompt and then single tokens, through a cache of keys and values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids">Token ids.</param>
    /// <param name="prefill">Tokens of the first forward pass.</param>
    /// <returns>One value for each id after the first.</returns>
    /// <exception cref="UserFaultException">An id is not of the vocabulary, or there are too many.</exception>
    public static IReadOnlyList<double> WithCache(Decoder model, IReadOnlyList<int> ids, int prefill = 1)
    {
        TokenIds.Require(model.Model, ids);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prefill);
        if (ids.Count < 2)
            return [];
        using var cache = new KeyValueCache(model, batch: 1, capacity: ids.Count - 1);
        var values = new List<double>(ids.Count - 1);
        for (var from = 0; from < ids.Count - 1; )
        {
            using var scope = NewDisposeScope();
            var count = from == 0 ? Math.Min(prefill, ids.Count - 1) : 1;
            var logits_BTV = model.Forward(TokenIds.Tensor(ids.Skip(from).Take(count), model.Device), cache);
            values.AddRange(Pick(logits_BTV[0], ids.Skip(from + 1).Take(count)));
            from += count;
        }
        return values;
    }

    private static double[] Pick(Tensor logits_TV, IEnumerable<int> next)
    {
        var ids_T = TokenIds.Tensor(next, logits_TV.device).flatten();
        return nn
            .functional.log_softmax(logits_TV.to(float64), -1)
            .gather(-1, ids_T.unsqueeze(-1))
            .squeeze(-1)
            .cpu()
            .data<double>()
            .ToArray();
    }
}
