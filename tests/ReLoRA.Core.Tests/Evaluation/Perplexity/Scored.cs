using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Tests.Evaluation.Perplexity;

/// <summary>Evaluations and made-up scores for them.</summary>
internal static class Scored
{
    public static EvaluationSource Source(string data, int positions = 12) =>
        new()
        {
            Data = data,
            Tokenizer = new LetterTokenizer(),
            Positions = positions,
            VocabularySize = 32,
            EndOfText = LetterTokenizer.End,
        };

    /// <summary>Each token costs so many nats as its id says, divided by ten.</summary>
    public static IReadOnlyList<ItemScore?> ById(IEvaluation evaluation) =>
        [.. evaluation.Items.Select((item, place) => Of(place, item.Alternatives[0]))];

    public static double Figure(EvaluationSummary summary, string group, string name, string metric) =>
        summary.Figures.Single(figure => (figure.Group, figure.Name, figure.Metric) == (group, name, metric)).Value;

    public static double Nats(IEnumerable<int> ids) => ids.Sum(id => id / 10.0);

    private static ItemScore Of(int place, ScoredSequence sequence) =>
        new(place, [new SequenceScore(-Nats(sequence.Tokens.Skip(sequence.First)), sequence.Count, IsGreedy: false)]);
}
