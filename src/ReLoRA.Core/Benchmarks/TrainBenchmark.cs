using ReLoRA.Core.Accounting;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Benchmarks;

/// <summary>Times the steps that a run takes, forward, backward and update, on ids drawn at random: the trainer's own parts, without logs, data and checkpoints.</summary>
public static class TrainBenchmark
{
    private const double LearningRate = 3e-4;

    /// <summary>Measures.</summary>
    /// <param name="shape">What is trained.</param>
    /// <param name="device">Where.</param>
    /// <param name="warmup">Steps before anything counts.</param>
    /// <param name="steps">Steps that count, at least 1.</param>
    /// <param name="clock">For durations.</param>
    public static TrainFigures Run(TrainShape shape, Device device, int warmup, int steps, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var config = shape.Config;
        using var model = ModelFactory.Create(config, device);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var gradients = new GradientAccumulation(
            model,
            config.Seed,
            shape.MicroBatch,
            precision: config.Precision,
            recompute: shape.Recompute
        );
        var batch = RandomBatch.Draw(shape.Batch, shape.Sequence, config.Model.VocabularySize);
        var loss = 0.0;
        Steps(0, warmup);
        var (began, used) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Steps(warmup, warmup + steps);
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        return new TrainFigures(
            (double)shape.Batch * shape.Sequence * steps / seconds,
            (Environment.CpuUsage.TotalTime - used).TotalSeconds / steps,
            loss,
            ProcessMemory.PeakBytes(),
            TrainingCost.Of(model, shape.Sequence).Training
        );

        // Reading the last norm waits for a GPU, so that the last step has ended when the time is taken.
        void Steps(int from, int to)
        {
            for (var step = from; step < to; step++)
            {
                using var mean = gradients.Begin(batch, step);
                using var norm = optimizer.Update(LearningRate, mean);
                if (step == to - 1)
                    (_, loss) = (norm.item<double>(), mean.item<double>());
            }
        }
    }
}
