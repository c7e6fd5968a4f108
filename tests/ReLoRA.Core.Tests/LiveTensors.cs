using TorchSharp;

namespace ReLoRA.Core.Tests;

/// <summary>Counts the tensors of this thread that are alive.</summary>
internal static class LiveTensors
{
    public static long Count => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
