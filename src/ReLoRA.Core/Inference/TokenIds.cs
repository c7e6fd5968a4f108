using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Inference;

/// <summary>Token ids on their way into a model.</summary>
internal static class TokenIds
{
    /// <summary>One sequence, (1, positions). The caller's scope owns it.</summary>
    public static Tensor Tensor(IEnumerable<int> ids, Device device)
    {
        var all = ids.Select(id => (long)id).ToArray();
        return tensor(all, [1, all.Length], dtype: int64).to(device);
    }

    /// <exception cref="UserFaultException">An id is not of the vocabulary, or there are too many.</exception>
    public static void Require(ModelConfig model, IReadOnlyList<int> ids)
    {
        if (ids.Count > model.MaxSequenceLength)
            throw new UserFaultException(
                $"A sequence has {ids.Count} tokens; allowed: at most {model.MaxSequenceLength}, the model's longest. Shorten it."
            );
        for (var at = 0; at < ids.Count; at++)
        {
            if (ids[at] < 0 || ids[at] >= model.VocabularySize)
                throw new UserFaultException(
                    $"Token {at} of a sequence has the id {ids[at]}; allowed: 0 to {model.VocabularySize - 1}, the model's vocabulary. "
                        + "Use the tokenizer that the model was trained with."
                );
        }
    }
}
