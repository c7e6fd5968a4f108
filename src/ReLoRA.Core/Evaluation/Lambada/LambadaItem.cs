using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Scoring;

namespace ReLoRA.Core.Evaluation.Lambada;

/// <summary>A text whose last word is to be foretold.</summary>
/// <param name="Word">The last word.</param>
/// <param name="Sequence">The text, of which that word is scored.</param>
internal sealed record LambadaItem(string Word, ScoredSequence Sequence)
{
    /// <exception cref="UserFaultException">The line is not in the schema, or the model cannot score it.</exception>
    public static LambadaItem Of(JsonLine line, ItemEncoder encoder)
    {
        var text = line.Text("text").TrimEnd();
        var border = text.Length;
        while (border > 0 && !char.IsWhiteSpace(text[border - 1]))
            border--;
        var context = text[..border].TrimEnd();
        return context.Length > 0
            ? new LambadaItem(text[border..], encoder.After(context, text, line.Place, "text"))
            : throw new UserFaultException(
                $"{line.Place}: 'text' has one word; allowed: at least 2, the last of which is scored. Correct the line."
            );
    }
}
