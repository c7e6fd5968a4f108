using ReLoRA.Core.Evaluation.Scoring;

namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>An evaluation whose items are read: what is to be scored, and what the scores mean.</summary>
public interface IEvaluation
{
    /// <summary>What to score, in the order of the data.</summary>
    IReadOnlyList<ScoredItem> Items { get; }

    /// <summary>What a reader of the figures must know: identical pairs, texts that were cut, and the like.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>The figures.</summary>
    /// <param name="scores">By the item's place; null where there is no score, since the evaluation was broken off.</param>
    EvaluationSummary Summarize(IReadOnlyList<ItemScore?> scores);

    /// <summary>A row for each item that has a score: what anyone needs to compute the figures again.</summary>
    /// <param name="scores">By the item's place; null where there is no score.</param>
    ItemTable Table(IReadOnlyList<ItemScore?> scores);
}
