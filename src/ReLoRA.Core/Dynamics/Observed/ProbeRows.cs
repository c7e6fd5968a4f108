using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

// T: positions.
namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>
/// The rows on which gradients, activations and attention are measured: the first of a dataset, the same at every moment, each cut to its first
/// <see cref="ProbeConfig.MostPositions"/> positions. They pass through the model one by one.
/// </summary>
/// <param name="data">The dataset. Not disposed.</param>
/// <param name="device">Where the model computes.</param>
/// <param name="cancellation">Ends reading.</param>
internal sealed class ProbeRows(TokenDataset data, Device device, CancellationToken cancellation = default)
{
    /// <summary>The inputs and labels of each row, (1, positions). The caller's scope owns them.</summary>
    /// <param name="rows">How many; a smaller dataset gives those it has.</param>
    public IEnumerable<(Tensor Inputs_1T, Tensor Labels_1T)> Read(int rows)
    {
        var count = (int)Math.Min(rows, data.RowCount);
        // A streamed dataset may be elsewhere by now: a run that goes on needs its first rows all the same.
        data.Await(0, count);
        for (var row = 0; row < count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (inputs_1T, labels_1T) = TokenTensors.Read(data, row, 1, device);
            var positions = Math.Min(ProbeConfig.MostPositions, inputs_1T.shape[1]);
            yield return (inputs_1T.narrow(1, 0, positions), labels_1T.narrow(1, 0, positions));
        }
    }
}
