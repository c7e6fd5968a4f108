using ReLoRA.Core.Configuration;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

// T: positions.
namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>
/// The rows on which gradients, activations and attention are measured: the first of a dataset, the same at every moment, each cut to its first
/// <see cref="ProbeConfig.MostPositions"/> positions. They are read once, before anything else reads the dataset, and pass through the model one by one.
/// </summary>
internal sealed class ProbeRows
{
    private readonly List<long[]> tokens = [];

    /// <summary>Reads them.</summary>
    /// <param name="data">The dataset. Not disposed, and not read again.</param>
    /// <param name="rows">The most that will be asked for; a smaller dataset gives those it has.</param>
    public ProbeRows(TokenDataset data, int rows)
    {
        var count = (int)Math.Min(rows, data.RowCount);
        if (count == 0)
            return;
        // A streamed dataset may be elsewhere by now: a run that goes on needs its first rows all the same.
        data.Await(0, count);
        var row = new long[data.RowLength];
        for (var i = 0; i < count; i++)
        {
            data.ReadRow(i, row);
            tokens.Add(row[..Math.Min(row.Length, ProbeConfig.MostPositions + 1)]);
        }
    }

    /// <summary>The inputs and labels of each row, (1, positions). The caller's scope owns them.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="device">Where the model computes.</param>
    /// <param name="cancellation">Ends reading.</param>
    public IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> Read(
        int rows,
        Device device,
        CancellationToken cancellation
    )
    {
        foreach (var row in tokens.Take(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            var all = tensor(row, [1, row.Length], dtype: int64, device: device);
            yield return (all.narrow(1, 0, row.Length - 1), all.narrow(1, 1, row.Length - 1));
        }
    }
}
