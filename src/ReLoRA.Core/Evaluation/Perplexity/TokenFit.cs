using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Refuses ids that the model has no embedding for.</summary>
internal static class TokenFit
{
    /// <param name="source">Whose model it is.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="place">Where they come from.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <exception cref="UserFaultException">One is not of the model's vocabulary.</exception>
    public static void Require(EvaluationSource source, ReadOnlySpan<int> ids, string place, string remedy)
    {
        foreach (var id in ids)
        {
            if (id < 0 || id >= source.VocabularySize)
                throw new UserFaultException(
                    $"{place}: token id {id}; allowed by the model's vocabulary: 0 to {source.VocabularySize - 1}. {remedy}"
                );
        }
    }
}
