using ReLoRA.Core.Configuration;
using ReLoRA.Data;
using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;

namespace ReLoRA.Core.Training;

/// <summary>The rows of a run's training data in the order that its configuration asks for.</summary>
public static class TrainingRows
{
    /// <summary>Prepares to read batches.</summary>
    /// <param name="config">Seed, order, shares and batch size.</param>
    /// <param name="corpora">The data of <see cref="DataConfig.Train"/>, then that of <see cref="DataConfig.Mix"/>.</param>
    /// <param name="share">The part of each batch that is read here. Default: all of it.</param>
    /// <exception cref="DataException">The data does not fit the batches.</exception>
    public static BatchReader Reader(RunConfig config, IReadOnlyList<TokenDataset> corpora, WorkerShare? share = null)
    {
        var data = config.Data;
        foreach (var corpus in corpora.Where(corpus => corpus.IsStreamed && data.Order != DataOrder.AsStored))
            throw new DataException(
                DataFault.InvalidValue,
                StreamedOutOfOrder("Data.Order", corpus.Folder, data.Order)
            );
        var ordered = corpora.Select((corpus, i) => new Corpus(corpus, Order(config, corpus.RowCount, i))).ToList();
        ISampleSource source =
            data.Mix.Count == 0
                ? new CorpusSource(ordered[0], carries: data.EpochEnd == EpochEnd.Carry)
                : new MixedSource(ordered, [data.TrainShare, .. data.Mix.Select(corpus => corpus.Share)], config.Seed);
        return new BatchReader(source, data.BatchSize, share);
    }

    /// <summary>How many rows of each corpus a run reads at most, in the same order. A mix is counted in whole blocks.</summary>
    /// <param name="config">The run.</param>
    public static IReadOnlyList<double> Needed(RunConfig config)
    {
        var rows = (double)config.Steps * config.Data.BatchSize;
        if (config.Data.Mix.Count > 0)
            rows = Math.Ceiling(rows / MixedSource.BlockRows) * MixedSource.BlockRows;
        return [rows * config.Data.TrainShare, .. config.Data.Mix.Select(corpus => rows * corpus.Share)];
    }

    /// <summary>What is wrong with reading a streamed dataset in another order than that in which its shards come.</summary>
    /// <param name="knob">The knob at fault.</param>
    /// <param name="folder">The dataset.</param>
    /// <param name="order">The order that was asked for.</param>
    public static string StreamedOutOfOrder(string knob, string folder, DataOrder order) =>
        $"{knob}: {order} for {folder}, whose shards come as they are needed; allowed: AsStored. Set Data.Order to it (published corpora are "
        + "mostly shuffled already), or fetch the whole dataset: relora data pull without --stream.";

    private static IRowOrder Order(RunConfig config, long rows, int corpus)
    {
        // The first corpus is ordered as if it were alone.
        var purpose = corpus == 0 ? RowOrder.Purpose : FormattableString.Invariant($"row-order-of-corpus-{corpus}");
        return config.Data.Order switch
        {
            DataOrder.Windowed => new WindowedOrder(config.Seed, rows, config.Data.WindowRows, purpose),
            DataOrder.AsStored => new StoredOrder(),
            _ => new RowOrder(config.Seed, rows, purpose),
        };
    }
}
