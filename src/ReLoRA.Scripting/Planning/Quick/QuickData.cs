using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Planning.Quick;

/// <summary>Puts the corpus that ships in the place of one that is not there, so that a sweep over data of 40 GB can be tried anywhere.</summary>
/// <param name="locator">Finds folders and files.</param>
internal sealed class QuickData(DatasetLocator locator)
{
    private readonly List<string> missing = [];

    /// <summary>The data that others took the place of, each once.</summary>
    public IReadOnlyList<string> Missing => [.. missing.Distinct()];

    public RunConfig Of(RunConfig config)
    {
        var absent = Folders(config).Where(folder => locator.Find(folder, out _) is null).ToList();
        if (absent.Count == 0)
            return config;
        missing.AddRange(absent);
        var (data, evaluation, model) = (Presets.Nano.Data, Presets.Nano.Evaluation, Presets.Nano.Model);
        return config with
        {
            Model = config.Model with
            {
                VocabularySize = model.VocabularySize,
                MaxSequenceLength = Math.Max(config.Model.MaxSequenceLength, model.MaxSequenceLength),
            },
            Data = config.Data with { Train = data.Train, Mix = [], SequenceLength = data.SequenceLength },
            // As many steps as before, whatever a row of the other corpus holds.
            Budget = config.Budget with
            {
                Tokens = config.Steps * config.Data.BatchSize * data.SequenceLength,
            },
            Evaluation = config.Evaluation with
            {
                Perplexity = evaluation.Perplexity,
                Tokenizer = evaluation.Tokenizer,
                Tasks = [],
            },
        };
    }

    private static IEnumerable<string> Folders(RunConfig config) =>
        config.Data.Mix.Select(share => share.Train).Prepend(config.Data.Train).Append(config.Evaluation.Perplexity);
}
