using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Safetensors;
using ReLoRA.Core.Training;
using ReLoRA.Data;

namespace ReLoRA.Scripting.Planning;

/// <summary>Finds and checks the datasets of a plan's cells, each once, and collects what is wrong with them.</summary>
internal sealed class DatasetFinder(DatasetLocator locator)
{
    private readonly Dictionary<string, DatasetInfo?> training = [];
    private readonly Dictionary<string, IReadOnlyList<DatasetInfo>> evaluation = [];
    private readonly Dictionary<(string Pairs, string Tokenizer, string Hash), PairsInfo?> pairs = [];
    private readonly Dictionary<((string, string, string) Pairs, int Positions), string?> unfit = [];
    private readonly Dictionary<string, StartingModel?> starts = [];
    private readonly Dictionary<(string Path, string Hash), string?> tokenizers = [];
    private readonly TaskFinder tasks = new(locator);
    private readonly List<string> faults = [];

    /// <summary>The faults found so far, each once.</summary>
    public IReadOnlyList<string> Faults => [.. faults.Distinct()];

    /// <summary>The datasets of a configuration; null where something is wrong, which <see cref="Faults"/> then tells.</summary>
    public CellDatasets? Of(RunConfig config)
    {
        var before = faults.Count;
        var train = Once(training, config.Data.Train, path => OpenTraining("Data.Train", path));
        var mixed = config
            .Data.Mix.Select(share => Once(training, share.Train, path => OpenTraining("Data.Mix", path)))
            .ToList();
        var domains = Once(evaluation, config.Evaluation.Perplexity, OpenDomains);
        if (train is not null)
        {
            faults.AddRange(Unfit("Data.Train", train, config));
            faults.AddRange(TooFew("Data.Train", train, config, TrainingRows.Needed(config)[0]));
            faults.AddRange(OutOfOrder(train, config));
        }
        foreach (var (i, corpus) in mixed.Index())
        {
            if (corpus is null)
                continue;
            var knob = $"Data.Mix[{i}].Train";
            faults.AddRange(Unfit(knob, corpus, config));
            faults.AddRange(TooFew(knob, corpus, config, TrainingRows.Needed(config)[i + 1]));
            faults.AddRange(OutOfOrder(corpus, config));
            if (train is not null && corpus.TokenizerHash != train.TokenizerHash)
                faults.Add(
                    $"{knob}: {corpus.Path} was made with another tokenizer than {train.Path}; allowed: corpora of one tokenizer. "
                        + "Build one of them anew (relora data build)."
                );
        }
        faults.AddRange(domains.SelectMany(domain => Unfit("Evaluation.Perplexity", domain, config)));
        faults.AddRange(
            domains
                .Where(domain => domain.IsStreamed)
                .Select(domain =>
                    $"Evaluation.Perplexity: {domain.Path} is a streamed dataset; allowed: data that lies in its folder. Fetch it whole: relora data "
                    + "pull without --stream."
                )
        );
        var pairs = train is null ? null : PairsOf(config, train);
        var tasked = train is null ? null : TasksOf(config, train, pairs);
        var start = config.InitFrom.Length == 0 ? null : Once(starts, config.InitFrom, OpenStart);
        if (start is not null)
            faults.AddRange(start.Unfit(config).Select(fault => $"InitFrom: {fault}"));
        if (
            faults.Count > before
            || mixed.Contains(null)
            || pairs is null
            || tasked is null
            || train is null
            || domains.Count == 0
        )
            return null;
        var hash = DatasetHashes.OfDomains(domains.Select(domain => (Path.GetFileName(domain.Path), domain.Hash)));
        return new CellDatasets(
            train.Path,
            [.. mixed.Select(corpus => corpus!.Path)],
            Path.GetDirectoryName(domains[0].Path)!,
            new DatasetHashes(DatasetHashes.OfMix([train.Hash, .. mixed.Select(corpus => corpus!.Hash)]), hash),
            pairs.Folder,
            tasked.Value.Tokenizer,
            [.. tasked.Value.Paths],
            start
        )
        {
            EvaluationRows = [.. domains.Select(domain => domain.Rows)],
        };
    }

    private StartingModel? OpenStart(string path)
    {
        if (Find("InitFrom", path) is not { } folder)
            return null;
        try
        {
            return StartingModel.Open(folder);
        }
        catch (Exception e) when (e is UserFaultException or SafetensorsException)
        {
            faults.Add($"InitFrom: {e.Message}");
            return null;
        }
    }

    private PairsInfo? PairsOf(RunConfig config, DatasetInfo train)
    {
        var (folder, tokenizer) = (config.Evaluation.Pairs, config.Evaluation.Tokenizer);
        if (folder.Length == 0)
            return PairsInfo.None;
        var key = (folder, tokenizer, train.TokenizerHash);
        if (!pairs.TryGetValue(key, out var found))
            pairs[key] = found = OpenPairs(folder, tokenizer, train.TokenizerHash);
        // To find the longest sentence takes a look at all of them.
        var fits = (key, config.Model.MaxSequenceLength);
        if (!unfit.TryGetValue(fits, out var fault))
            unfit[fits] = fault = found?.Unfit(config);
        if (fault is not null)
            faults.Add(fault);
        return found;
    }

    private (List<string> Paths, string Tokenizer)? TasksOf(RunConfig config, DatasetInfo train, PairsInfo? pairs)
    {
        if (config.Evaluation.Tasks.Count == 0)
            return ([], pairs?.Tokenizer ?? "");
        var key = (config.Evaluation.Tokenizer, train.TokenizerHash);
        if (!tokenizers.TryGetValue(key, out var tokenizer))
            tokenizers[key] = tokenizer = TokenizerOf(config.Evaluation.Tokenizer, train.TokenizerHash);
        return tokenizer is null ? null : (tasks.Paths(config, tokenizer, faults), tokenizer);
    }

    private string? TokenizerOf(string path, string hash)
    {
        if (FindFile("Evaluation.Tokenizer", path) is not { } tokenizer)
            return null;
        try
        {
            TokenizerCheck.RequireSame(tokenizer, hash);
            return tokenizer;
        }
        catch (UserFaultException e)
        {
            faults.Add(e.Message);
            return null;
        }
    }

    private PairsInfo? OpenPairs(string folder, string tokenizer, string tokenizerHash)
    {
        var suite = Find("Evaluation.Pairs", folder);
        var file = FindFile("Evaluation.Tokenizer", tokenizer);
        if (suite is null || file is null)
            return null;
        try
        {
            return new PairsInfo(suite, file, MinimalPairSuite.Open(suite, file, tokenizerHash));
        }
        catch (Exception e) when (e is UserFaultException or DataException)
        {
            faults.Add(e.Message);
            return null;
        }
    }

    private static IEnumerable<string> Unfit(string knob, DatasetInfo data, RunConfig config)
    {
        if (data.RowLength != config.Data.SequenceLength + 1)
            yield return $"{knob}: {data.Path} has rows of {data.RowLength} tokens; allowed: Data.SequenceLength + 1 "
                + $"({config.Data.SequenceLength + 1}). Set Data.SequenceLength to {data.RowLength - 1}, or build the dataset anew.";
        if (data.VocabularySize > config.Model.VocabularySize)
            yield return $"{knob}: {data.Path} has tokens of a vocabulary of {data.VocabularySize}; allowed: at most "
                + $"Model.VocabularySize ({config.Model.VocabularySize}).";
    }

    private static IEnumerable<string> TooFew(string knob, DatasetInfo data, RunConfig config, double needed)
    {
        if (config.Data.Mix.Count == 0 && config.Data.EpochEnd != EpochEnd.Carry && data.Rows < config.Data.BatchSize)
            yield return $"{knob}: {data.Path} has {data.Rows} rows; allowed: at least Data.BatchSize ({config.Data.BatchSize}).";
        if (config.Data.EpochEnd == EpochEnd.Once && needed > data.Rows)
            yield return FormattableString.Invariant(
                $"{knob}: {data.Path} has {data.Rows} rows, and the run needs {Math.Ceiling(needed)}; allowed with Data.EpochEnd Once: no more than there are. Lower Budget.Tokens, or let rows come again."
            );
    }

    private static IEnumerable<string> OutOfOrder(DatasetInfo data, RunConfig config)
    {
        if (data.IsStreamed && config.Data.Order != DataOrder.AsStored)
            yield return TrainingRows.StreamedOutOfOrder("Data.Order", data.Path, config.Data.Order);
    }

    private static T Once<T>(Dictionary<string, T> known, string path, Func<string, T> open)
    {
        if (!known.TryGetValue(path, out var found))
            known[path] = found = open(path);
        return found;
    }

    private DatasetInfo? OpenTraining(string knob, string path) => Find(knob, path) is { } folder ? Open(folder) : null;

    private IReadOnlyList<DatasetInfo> OpenDomains(string path)
    {
        if (Find("Evaluation.Perplexity", path) is not { } folder)
            return [];
        var names = DatasetHashes.Domains(folder);
        if (names.Count == 0)
            faults.Add(
                $"Evaluation.Perplexity: {folder} holds no domain; allowed: a folder whose subfolders are datasets "
                    + $"({DatasetHashes.ManifestName} in each)."
            );
        return [.. names.Select(name => Open(Path.Combine(folder, name))).OfType<DatasetInfo>()];
    }

    private string? Find(string knob, string path)
    {
        var found = locator.Find(path, out var looked);
        return found ?? Missing($"{knob}: there is no folder '{path}'.", looked);
    }

    private string? FindFile(string knob, string path)
    {
        var found = locator.FindFile(path, out var looked);
        return found ?? Missing($"{knob}: there is no file '{path}'.", looked);
    }

    private string? Missing(string fault, IReadOnlyList<string> looked)
    {
        faults.Add(DatasetLocator.NotFound(fault, looked));
        return null;
    }

    private DatasetInfo? Open(string folder)
    {
        try
        {
            return DatasetInfo.Read(folder);
        }
        catch (DataException e)
        {
            faults.Add(e.Message);
            return null;
        }
    }
}
