using ReLoRA.Core.Configuration;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Training;

/// <summary>What a worker reads before it begins: the cell's configuration, how it is executed, its data.</summary>
public sealed class CellInputs : IDisposable
{
    private CellInputs(
        RunConfig config,
        ExecutionSettings execution,
        IReadOnlyList<TokenDataset> corpora,
        EvaluationCorpus evaluation
    ) => (Config, Execution, Corpora, Evaluation) = (config, execution, corpora, evaluation);

    /// <summary>The run.</summary>
    public RunConfig Config { get; }

    /// <summary>Threads, device, micro-batch and paths.</summary>
    public ExecutionSettings Execution { get; private set; }

    /// <summary>The processes that train the run. Default: this one.</summary>
    public RankTeam Team { get; private set; } = RankTeam.Alone;

    /// <summary>The corpora that are trained on, the main one first.</summary>
    public IReadOnlyList<TokenDataset> Corpora { get; }

    /// <summary>The main corpus.</summary>
    public TokenDataset Train => Corpora[0];

    /// <summary>The evaluation domains.</summary>
    public EvaluationCorpus Evaluation { get; }

    /// <summary>The minimal pairs; null where none are evaluated.</summary>
    public MinimalPairSuite? Pairs { get; private set; }

    /// <summary>The further evaluations.</summary>
    public IReadOnlyList<RunTask> Tasks { get; private set; } = [];

    /// <summary>The figures that the cell's script computes itself; null where none is at hand.</summary>
    public IScriptFigures? Figures { get; set; }

    /// <summary>Where snapshots go.</summary>
    public string Snapshots { get; private set; } = "";

    /// <summary>The names of probes that were given up since the sweep was last run, and the note that told of each.</summary>
    public IReadOnlyDictionary<string, string> ProbesOff { get; private set; } = new Dictionary<string, string>();

    /// <summary>The datasets' identities.</summary>
    public DatasetHashes Hashes => new(TrainHash, Evaluation.Hash);

    private string TrainHash => DatasetHashes.OfMix([.. Corpora.Select(corpus => corpus.ManifestHash)]);

    /// <summary>Reads a cell's folder and opens its data.</summary>
    /// <param name="cell">The folder.</param>
    /// <exception cref="UserFaultException">A file is missing or malformed, or the data is not the cell's.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A dataset is missing or damaged.</exception>
    public static CellInputs Read(CellFolder cell)
    {
        var config = Parse(cell.ConfigPath, ConfigJson.Read);
        ConfigValidator.ThrowIfFaulty(config);
        var execution = Parse(cell.ExecutionPath, ExecutionSettings.Read);
        var inputs = new CellInputs(
            config,
            execution,
            [.. execution.Mix.Prepend(execution.Train).Select(TokenDataset.Open)],
            EvaluationCorpus.Open(execution.Evaluation)
        );
        inputs.CheckData(cell);
        inputs.Snapshots = cell.SnapshotsPath;
        inputs.ProbesOff = ProbesOffFile.Read(cell.ProbesOffPath);
        inputs.OpenPairs();
        inputs.OpenTasks();
        return inputs;
    }

    /// <summary>Trains the run together with others.</summary>
    /// <param name="team">All of them.</param>
    /// <exception cref="UserFaultException">The batch cannot be shared evenly among them.</exception>
    public void Join(RankTeam team)
    {
        BatchShares.RequireDivides(Config.Data, team.Collective.Size);
        (Team, Execution) = (team, Execution with { Ranks = team.Collective.Size });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var corpus in Corpora)
            corpus.Dispose();
        Evaluation.Dispose();
    }

    private void CheckData(CellFolder cell)
    {
        var start = Execution.Start.Length > 0 ? StartingModel.Open(Execution.Start) : null;
        var found = CellIdentity.Of(Config, TrainHash, start?.Hash ?? "");
        if (found != cell.Id)
            throw new UserFaultException(
                $"{cell.Path}: with the data in {Execution.Train}{(start is null ? "" : $" and the model in {start.Folder}")} "
                    + $"this is cell {found}; expected {cell.Id}. "
                    + "Its files were changed after the cell was planned: restore them, or plan the sweep again."
            );
        foreach (var (path, data) in Datasets())
        {
            data.RequireSequenceLength(Config.Data.SequenceLength);
            if (data.VocabularySize > Config.Model.VocabularySize)
                throw new UserFaultException(
                    $"{path} has a vocabulary of {data.VocabularySize}; Model.VocabularySize is "
                        + $"{Config.Model.VocabularySize}. Raise the knob to at least that."
                );
        }
    }

    private void OpenPairs()
    {
        if (Execution.Pairs.Length == 0)
            return;
        Pairs = MinimalPairSuite.Open(Execution.Pairs, Execution.Tokenizer, Train.Manifest.TokenizerSha256);
        Pairs.RequireFits(Config.Model.MaxSequenceLength);
    }

    private void OpenTasks()
    {
        if (Config.Evaluation.Tasks.Count == 0)
            return;
        TokenizerCheck.RequireSame(Execution.Tokenizer, Train.Manifest.TokenizerSha256);
        var tokenizer = TextTokenizer.Open(Execution.Tokenizer);
        Tasks =
        [
            .. Config
                .Evaluation.Tasks.Zip(Execution.Tasks)
                .Select(task => RunTask.Open(task.First, task.Second, tokenizer, Config.Model)),
        ];
    }

    private IEnumerable<(string Path, TokenDataset Data)> Datasets() =>
        Evaluation
            .Domains.Select(domain => (Path.Combine(Execution.Evaluation, domain.Name), domain.Data))
            .Concat(Corpora.Select(corpus => (corpus.Folder, corpus)));

    private static T Parse<T>(string path, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserFaultException($"{path} cannot be read: {e.Message} Run the sweep again to write it.", e);
        }
    }
}
