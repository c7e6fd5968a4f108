using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Scoring;

namespace ReLoRA.Core.Evaluation.Ewok;

/// <summary>Two contexts and two targets, each target plausible after one of them.</summary>
/// <param name="Domain">What it tests.</param>
/// <param name="Sequences">Both targets after both contexts, in the order of <see cref="EwokScores"/>.</param>
internal sealed record EwokItem(string Domain, IReadOnlyList<ScoredSequence> Sequences)
{
    /// <exception cref="UserFaultException">The line is not in the schema, or the model cannot score it.</exception>
    public static EwokItem Of(JsonLine line, ItemEncoder encoder)
    {
        return new EwokItem(
            line.Text("Domain"),
            [
                Scored("Context1", "Target1"),
                Scored("Context2", "Target1"),
                Scored("Context2", "Target2"),
                Scored("Context1", "Target2"),
            ]
        );

        ScoredSequence Scored(string context, string target) =>
            encoder.After(line.Text(context), $"{line.Text(context)} {line.Text(target)}", line.Place, target);
    }
}
