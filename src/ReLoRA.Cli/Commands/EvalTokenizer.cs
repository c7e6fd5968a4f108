using ReLoRA.Core;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Cli.Commands;

/// <summary>The tokenizer of an evaluation.</summary>
internal static class EvalTokenizer
{
    /// <summary>Opens it and checks that it fits the model.</summary>
    /// <exception cref="UserFaultException">It has ids that the model has not.</exception>
    /// <exception cref="DataException">It is damaged, or the one named is missing.</exception>
    public static ITextTokenizer Open(EvalRequest request, LoadedModel model)
    {
        var vocabulary = model.Config.Model.VocabularySize;
        var tokenizer = Find(request);
        return tokenizer.VocabularySize <= vocabulary
            ? tokenizer
            : throw new UserFaultException(
                $"{request.Tokenizer ?? request.Model}: the tokenizer has ids up to {tokenizer.VocabularySize - 1}; the model's "
                    + $"vocabulary is {vocabulary}. Name the tokenizer that the model was trained with by --tokenizer."
            );
    }

    private static ITextTokenizer Find(EvalRequest request)
    {
        if (request.Tokenizer is { } file)
            return TextTokenizer.Open(file);
        try
        {
            return TextTokenizer.Find(request.Model);
        }
        catch (DataException fault) when (fault.Fault == DataFault.Missing)
        {
            return new MissingTokenizer(fault);
        }
    }
}
