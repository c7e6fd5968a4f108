using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Tests.Evaluation;

/// <summary>Sources and scores for tests of evaluators.</summary>
internal static class Sources
{
    public static EvaluationSource Of(string data) =>
        new()
        {
            Data = data,
            Tokenizer = new NumberTokenizer(),
            Positions = 64,
            VocabularySize = 199,
        };

    /// <summary>Scores without a model: one value for each alternative of each item.</summary>
    public static IReadOnlyList<ItemScore?> Scores(IEvaluation evaluation, params double[][] values) =>
        [
            .. evaluation.Items.Select(
                (item, place) =>
                    new ItemScore(
                        place,
                        [
                            .. item.Alternatives.Select(
                                (sequence, number) => new SequenceScore(values[place][number], sequence.Count, false)
                            ),
                        ]
                    )
            ),
        ];

    public static double Value(EvaluationSummary summary, string group, string name = "", string metric = "accuracy") =>
        summary.Figures.Single(one => one.Group == group && one.Name == name && one.Metric == metric).Value;
}
