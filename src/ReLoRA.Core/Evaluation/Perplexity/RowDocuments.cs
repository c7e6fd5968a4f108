using System.Globalization;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Reads token datasets: each row is a document, whose first token is context only. Each dataset is a source of one domain.</summary>
internal static class RowDocuments
{
    /// <summary>The datasets that a folder stands for: itself, or its subfolders.</summary>
    public static IReadOnlyList<string> Folders(string folder)
    {
        if (File.Exists(Path.Combine(folder, DatasetManifest.FileName)))
            return [folder];
        return
        [
            .. Directory
                .EnumerateDirectories(folder)
                .Where(one => File.Exists(Path.Combine(one, DatasetManifest.FileName)))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The corpus of datasets.</summary>
    /// <exception cref="UserFaultException">There are no rows, or they are not of the model's vocabulary.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A dataset is damaged.</exception>
    public static PerplexityCorpus Read(EvaluationSource source, IReadOnlyList<string> folders)
    {
        var (documents, chunks, remarks) = (new List<CorpusDocument>(), new List<StudyChunk>(), new List<string>());
        foreach (var folder in folders)
        {
            using var data = TokenDataset.Open(folder);
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            var tokenizer = DatasetTokenizer.Find(data, path: null);
            remarks.Add(OfText(name, tokenizer));
            var rows = Rows(source, data, name, tokenizer).ToList();
            documents.AddRange(rows);
            chunks.AddRange(Chunks(source, rows));
        }
        if (documents.Count == 0)
            throw new UserFaultException($"{source.Data} holds no rows of two tokens and more. Check --data.");
        return new PerplexityCorpus(
            documents,
            chunks,
            Empty: 0,
            [
                .. remarks,
                OfChunks(documents.Select(row => ChunkLength(source, row))),
                .. CorpusRemarks.OfLong(source, documents),
            ]
        );
    }

    private static IEnumerable<CorpusDocument> Rows(
        EvaluationSource source,
        TokenDataset data,
        string name,
        ITextTokenizer? tokenizer
    )
    {
        var ids = new long[data.RowLength];
        foreach (var row in data.RowLength < 2 ? [] : EvenSpread.Of(data.RowCount, source.Samples))
        {
            data.ReadRow(row, ids);
            var document = Array.ConvertAll(ids, id => checked((int)id));
            TokenFit.Require(
                source,
                document,
                string.Create(CultureInfo.InvariantCulture, $"{data.Folder}, row {row}"),
                "Build the data with the model's tokenizer (relora data build)."
            );
            (long Bytes, long Words)? text = tokenizer is null
                ? null
                : RowText.Of(tokenizer, document, data.Manifest.EndOfText);
            yield return new CorpusDocument(
                name,
                name,
                string.Create(CultureInfo.InvariantCulture, $"row {row}"),
                document,
                text?.Bytes,
                text?.Words
            );
        }
    }

    // Whether a row goes on where the one before it ends, a dataset does not say: a chunk stays within a row.
    private static IEnumerable<StudyChunk> Chunks(EvaluationSource source, List<CorpusDocument> rows) =>
        EvenSpread
            .Of(rows.Count, StudyChunks.MostFor(source))
            .Select(place => rows[(int)place])
            .Select(row => new StudyChunk(row.Source, row.Name, row.Ids[..ChunkLength(source, row)]));

    private static int ChunkLength(EvaluationSource source, CorpusDocument row) =>
        Math.Min(StudyChunks.LengthFor(source), row.Ids.Length);

    private static string OfText(string name, ITextTokenizer? tokenizer) =>
        tokenizer is null
            ? $"{name}: no bits_per_byte and no word_perplexity, since the tokenizer that made these ids lies neither beside nor above them. Put it there, or evaluate the text itself."
            : $"{name}: bytes and words are those of the rows' text, so that a character or word that a row's end cuts counts in both rows.";

    private static string OfChunks(IEnumerable<int> lengths) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"study_perplexity is over the first {string.Join(" or ", lengths.Distinct().Order())} tokens of rows; in the study chunks have {StudyChunks.Length}."
        );
}
