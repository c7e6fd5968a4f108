using System.Globalization;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Sentences on what a corpus lacks, or what became of it.</summary>
internal static class CorpusRemarks
{
    private const int Named = 5;

    public static IEnumerable<string> OfContext(EvaluationSource source, string what)
    {
        if (source.StartToken is { } start && start != source.EndOfText)
            yield return Said($"The token before {what} is the start token {start} that was asked for.");
    }

    public static IEnumerable<string> OfEmpty(long documents, IReadOnlyCollection<string> domains)
    {
        if (documents > 0)
            yield return Said($"{documents:N0} empty document(s) have nothing to score and are in no figure.");
        if (domains.Count > 0)
            yield return $"{Listed(domains)}: no text, so no figure; in no average over domains.";
    }

    public static IEnumerable<string> OfLong(EvaluationSource source, IReadOnlyList<CorpusDocument> documents)
    {
        var count = documents.Count(document => document.Ids.Length - 1 > source.Positions);
        if (count > 0)
            yield return Said(
                $"{count:N0} of {documents.Count:N0} documents are longer than the context of {source.Positions} tokens: they are scored in windows, each of which sees only the last token of the one before."
            );
    }

    public static IEnumerable<string> OfChunks(
        EvaluationSource source,
        IReadOnlyList<CorpusDocument> documents,
        IReadOnlyList<StudyChunk> chunks
    )
    {
        var length = StudyChunks.LengthFor(source);
        if (source.EndOfText is null)
        {
            yield return "No study_perplexity: its chunks are texts joined by the end-of-text token, which neither model nor tokenizer names.";
            yield break;
        }
        if (length < StudyChunks.Length)
            yield return Said(
                $"study_perplexity is over chunks of {length} tokens, the model's context; in the study they have {StudyChunks.Length}."
            );
        var without = documents
            .Select(document => document.Source)
            .Distinct(StringComparer.Ordinal)
            .Except(chunks.Select(chunk => chunk.Source), StringComparer.Ordinal)
            .ToList();
        if (without.Count > 0)
            yield return Said($"{Listed(without)}: no study_perplexity, since there are fewer than {length} tokens.");
    }

    public static IEnumerable<string> OfPart(int scored, int documents)
    {
        if (scored < documents)
            yield return Said(
                $"Broken off: the figures are over the {scored:N0} of {documents:N0} documents that are scored as a whole, and the shortest are scored first."
            );
    }

    public static IEnumerable<string> OfLeftOut(long figures)
    {
        if (figures > 0)
            yield return Said($"{figures} figure(s) are beyond the largest number and left out.");
    }

    public static string Listed(IReadOnlyCollection<string> names) =>
        names.Count <= Named
            ? string.Join(", ", names)
            : Said($"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more");

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
