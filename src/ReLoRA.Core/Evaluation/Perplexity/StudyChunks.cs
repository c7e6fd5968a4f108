using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>
/// Cuts text into the study's chunks: documents, each with the end-of-text token after it as in training data, one after the other, cut every so
/// many tokens; what does not fill the last chunk is left out.
/// </summary>
internal static class StudyChunks
{
    /// <summary>Tokens of a chunk in the study, if the model can take them.</summary>
    public const int Length = 2048;

    /// <summary>Chunks of a source at most, as in the study.</summary>
    public const int PerSource = 100;

    /// <summary>Tokens of a chunk for a model: the study's, or what its context holds.</summary>
    public static int LengthFor(EvaluationSource source) => Math.Min(Length, source.Positions);

    /// <summary>Chunks of a source at most.</summary>
    public static int MostFor(EvaluationSource source) =>
        source.Samples == 0 ? PerSource : Math.Min(PerSource, source.Samples);

    /// <summary>The chunks of a source, evenly spread over its text where there are too many.</summary>
    /// <param name="documents">The source's documents.</param>
    /// <param name="endOfText">The token after each.</param>
    /// <param name="length">Tokens of a chunk.</param>
    /// <param name="most">Chunks at most.</param>
    public static IEnumerable<StudyChunk> Of(
        IReadOnlyList<CorpusDocument> documents,
        int endOfText,
        int length,
        int most
    )
    {
        // A document's ids begin with a token that is not its own, and have one after them here.
        var total = documents.Sum(document => (long)document.Ids.Length);
        var chosen = EvenSpread.Of(total / length, most).GetEnumerator();
        var (at, chunk) = (0L, new int[length]);
        if (!chosen.MoveNext())
            yield break;
        foreach (var id in documents.SelectMany(document => document.Ids.Skip(1).Append(endOfText)))
        {
            var number = at / length;
            if (number == chosen.Current)
                chunk[at % length] = id;
            at++;
            if (number != chosen.Current || at % length != 0)
                continue;
            yield return new StudyChunk(documents[0].Source, FormattableString.Invariant($"{number}"), chunk);
            chunk = new int[length];
            if (!chosen.MoveNext())
                yield break;
        }
    }
}
