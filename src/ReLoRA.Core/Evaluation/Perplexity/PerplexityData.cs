using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Finds out of which kind the data is.</summary>
internal static class PerplexityData
{
    private const string Allowed =
        "allowed: Paloma's layout (<source>/<split>/*.jsonl.gz), a .txt file or a folder of them, a token dataset (manifest.json) or a folder of them";

    /// <exception cref="UserFaultException">It is of none.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A file is damaged.</exception>
    public static PerplexityCorpus Read(EvaluationSource source)
    {
        var data = source.Data;
        if (!Path.Exists(data))
            throw new UserFaultException($"{data}: no such file or folder; {Allowed}. Check --data.");
        if (!File.Exists(data) && RowDocuments.Folders(data) is { Count: > 0 } datasets)
            return RowDocuments.Read(source, datasets);
        if (!File.Exists(data) && PalomaTexts.Sources(data) is { Count: > 0 } sources)
            return Paloma(source, sources);
        if (PlainTexts.Files(data) is { Count: > 0 } files)
            return TextDocuments.Read(source, PlainTexts.Read(data, files), []);
        throw new UserFaultException($"{data} holds no text to evaluate; {Allowed}. Check --data.");
    }

    private static PerplexityCorpus Paloma(EvaluationSource source, IReadOnlyList<string> sources)
    {
        var splits = sources.ToDictionary(name => name, name => PalomaTexts.Splits(Path.Combine(source.Data, name)));
        var there = sources.Where(name => splits[name].Contains(source.Split)).ToList();
        var lacking = sources.Except(there, StringComparer.Ordinal).ToList();
        if (there.Count == 0)
            throw new UserFaultException(
                $"{source.Data}: no source has a split '{source.Split}'; there are: "
                    + $"{string.Join(", ", splits.Values.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal))}. "
                    + "Choose one with --split."
            );
        return TextDocuments.Read(
            source,
            there.SelectMany(name => PalomaTexts.Read(source.Data, name, source.Split)),
            lacking.Count == 0 ? [] : [$"{CorpusRemarks.Listed(lacking)}: no split '{source.Split}', so not evaluated."]
        );
    }
}
