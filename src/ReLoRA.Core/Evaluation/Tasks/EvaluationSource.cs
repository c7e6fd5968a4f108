using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>What an evaluator opens.</summary>
public sealed record EvaluationSource
{
    /// <summary>A folder, an archive or a file.</summary>
    public required string Data { get; init; }

    /// <summary>Turns texts into ids.</summary>
    public required ITextTokenizer Tokenizer { get; init; }

    /// <summary>The model's longest sequence, in tokens.</summary>
    public required int Positions { get; init; }

    /// <summary>The model's vocabulary: a larger id is a tokenizer that does not fit.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>A token put before each text and not scored itself; null puts none.</summary>
    public int? StartToken { get; init; }

    /// <summary>The token that separates documents.</summary>
    public int? EndOfText { get; init; }

    /// <summary>How a text's score is made of its tokens'.</summary>
    public ScoreRule Score { get; init; } = ScoreRule.Sum;

    /// <summary>The part of the data that is read, where there are several, for example <c>val</c>.</summary>
    public string Split { get; init; } = "val";

    /// <summary>Items of each group (paradigm, domain) at most, evenly spread over it; 0 takes all.</summary>
    public int Samples { get; init; }
}
