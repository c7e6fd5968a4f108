using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Observed;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>What is measured of a model folder, ours or published. Nothing of it is lost in loading, and its figures end where the rounding of the stored type begins.</summary>
internal sealed class StoredSource : IMatrixSource
{
    private readonly LoadedModel model;
    private readonly StoredMoments moments;
    private readonly ModelSource source;

    /// <summary>Loads the model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="initial">The weights that updates are counted from.</param>
    /// <param name="data">The dataset whose first rows pass through the model. Not disposed.</param>
    /// <param name="layers">The pattern that will be asked for.</param>
    /// <param name="rows">The rows that will be asked for.</param>
    /// <param name="cancellation">Ends reading rows.</param>
    /// <exception cref="UserFaultException">The folder has faults, or the data do not fit the model.</exception>
    /// <exception cref="CheckpointException">A file is not the one that its manifest describes.</exception>
    public StoredSource(
        string folder,
        WeightsSince? initial,
        TokenDataset? data,
        string layers,
        int rows,
        CancellationToken cancellation
    )
    {
        if (File.Exists(Path.Combine(folder, CheckpointManifest.FileName)))
            CheckpointManifest.Verify(folder);
        var (type, precision) = StoredType.Of(folder);
        model = ModelFolder.Load(folder, precision, CPU);
        moments = new StoredMoments(folder);
        try
        {
            if (data is not null)
                RequireFit(data, model.Config.Model, folder);
        }
        catch
        {
            Dispose();
            throw;
        }
        source = new ModelSource(
            model.Decoder,
            new Surroundings
            {
                Initial = initial?.Of,
                BeforeStep = initial?.Of,
                InitialStored = initial?.Stored,
                Moments = moments.Of,
                Rows = data is null ? null : new ProbeRows(data, rows),
                Cancellation = cancellation,
                Stored = type,
            },
            model
                .Decoder.Linears.Select(linear => linear.Name)
                .Where(name => LayerPattern.Matches(layers, name))
                .ToHashSet(StringComparer.Ordinal)
        );
    }

    public IReadOnlyList<string> Names(ProbeTarget target) => source.Names(target);

    public IReadOnlyList<MeasuredTensor> Of(ProbeTarget target, string name, int rows) => source.Of(target, name, rows);

    public void Dispose()
    {
        // Not there yet where the data did not fit.
        ((ModelSource?)source)?.Dispose();
        moments.Dispose();
        model.Dispose();
    }

    private static void RequireFit(TokenDataset data, ModelConfig model, string folder)
    {
        if (data.VocabularySize > model.VocabularySize)
            throw new UserFaultException(
                FormattableString.Invariant(
                    $"{data.Folder} has ids of {data.VocabularySize} tokens; the model in {folder} has {model.VocabularySize}. Give data of the model's tokenizer."
                )
            );
        var positions = Math.Min(ProbeConfig.MostPositions, data.RowLength - 1);
        if (positions > model.MaxSequenceLength)
            throw new UserFaultException(
                FormattableString.Invariant(
                    $"{data.Folder} has rows of {data.RowLength - 1} positions, of which {positions} are measured; the model in {folder} takes {model.MaxSequenceLength}. Give data of shorter rows."
                )
            );
    }
}
