using System.Text;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Turns texts into documents of tokens.</summary>
internal static class TextDocuments
{
    /// <summary>The corpus of texts.</summary>
    /// <param name="source">The model and the tokenizer.</param>
    /// <param name="texts">The texts. They are read twice where only some of each domain are taken.</param>
    /// <param name="remarks">What was found before.</param>
    /// <exception cref="UserFaultException">There is no text, or the tokenizer does not fit the model.</exception>
    public static PerplexityCorpus Read(
        EvaluationSource source,
        IEnumerable<NamedText> texts,
        IReadOnlyList<string> remarks
    )
    {
        var context = Context(source);
        var (documents, empty, domains) = (
            new List<CorpusDocument>(),
            0L,
            new SortedSet<string>(StringComparer.Ordinal)
        );
        foreach (var text in EvenSample.Take(texts, text => text.Domain, source.Samples))
        {
            domains.Add(text.Domain);
            if (Document(source, context, text) is { } document)
                documents.Add(document);
            else
                empty++;
        }
        if (documents.Count == 0)
            throw new UserFaultException($"{source.Data} holds no text: every document is empty. Check --data.");
        domains.ExceptWith(documents.Select(document => document.Domain));
        var chunks = Chunks(source, documents);
        return new PerplexityCorpus(
            documents,
            chunks,
            empty,
            [
                .. remarks,
                .. CorpusRemarks.OfContext(source, "each text"),
                .. CorpusRemarks.OfEmpty(empty, domains),
                .. CorpusRemarks.OfLong(source, documents),
                .. CorpusRemarks.OfChunks(source, documents, chunks),
            ]
        );
    }

    private static int Context(EvaluationSource source)
    {
        var context =
            source.StartToken
            ?? source.EndOfText
            ?? throw new UserFaultException(
                "Neither model nor tokenizer names a token that ends a text, which each document is given as context for its first "
                    + "token. Name the id of such a token with --start-token, or a tokenizer that has one with --tokenizer."
            );
        TokenFit.Require(
            source,
            [context, source.EndOfText ?? context],
            "The token that separates texts",
            "Name another with --start-token, or give the tokenizer that the model was trained with (--tokenizer)."
        );
        return context;
    }

    private static CorpusDocument? Document(EvaluationSource source, int context, NamedText text)
    {
        var ids = source.Tokenizer.Encode(text.Text);
        if (ids.Count == 0)
            return null;
        int[] all = [context, .. ids];
        TokenFit.Require(source, all, text.Place, "Give the tokenizer that the model was trained with (--tokenizer).");
        return new CorpusDocument(
            text.Source,
            text.Domain,
            text.Name,
            all,
            Encoding.UTF8.GetByteCount(text.Text),
            WordCount.Of(text.Text)
        );
    }

    private static IReadOnlyList<StudyChunk> Chunks(EvaluationSource source, List<CorpusDocument> documents) =>
        source.EndOfText is not { } end
            ? []
            :
            [
                .. documents
                    .GroupBy(document => document.Source, StringComparer.Ordinal)
                    .SelectMany(group =>
                        StudyChunks.Of([.. group], end, StudyChunks.LengthFor(source), StudyChunks.MostFor(source))
                    ),
            ];
}
