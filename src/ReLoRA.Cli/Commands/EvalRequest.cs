using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora eval</c> was asked for.</summary>
internal sealed record EvalRequest
{
    public required Evaluator Evaluator { get; init; }

    public required string Model { get; init; }

    public required string Data { get; init; }

    /// <summary>The tokenizer's file; null for the one in the model's folder.</summary>
    public string? Tokenizer { get; init; }

    public int? StartToken { get; init; }

    public ScoreRule Score { get; init; }

    public required string Split { get; init; }

    public int Samples { get; init; }

    /// <summary>Where every item's scores are written; null for nowhere.</summary>
    public string? Items { get; init; }

    public Precision Precision { get; init; }

    public int TokensAtOnce { get; init; }

    public bool Json { get; init; }
}
