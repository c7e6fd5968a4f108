using ReLoRA.Core.Benchmarks;
using ReLoRA.Core.Configuration;
using TorchSharp;

namespace ReLoRA.Scripting.Estimating;

/// <summary>A run to be timed for a moment, as one line for another process.</summary>
/// <param name="Config">The run, as canonical JSON.</param>
/// <param name="MicroBatch">Sequences of one forward pass.</param>
/// <param name="Recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
/// <param name="Device">The device.</param>
/// <param name="Threads">Threads of tensor arithmetic.</param>
public sealed record CalibrationRequest(string Config, int MicroBatch, bool Recompute, string Device, int Threads)
{
    /// <summary>What is asked of a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="execution">How it would be executed.</param>
    public static CalibrationRequest Of(RunConfig config, ExecutionSettings execution) =>
        new(ConfigJson.Write(config), execution.MicroBatch, execution.Recompute, execution.Device, execution.Threads);

    /// <summary>Times it in this process.</summary>
    /// <param name="clock">For durations.</param>
    public StepTimes Measure(TimeProvider clock)
    {
        torch.set_num_threads(Threads);
        return StepTimer.Measure(ConfigJson.Read(Config), MicroBatch, Recompute, new torch.Device(Device), clock);
    }
}
