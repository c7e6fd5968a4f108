using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Benchmarks;

/// <summary>Times a run's steps in moments, on a few rows drawn at random: enough to say how long the run will take.</summary>
public static class StepTimer
{
    /// <summary>A token costs much the same from here on.</summary>
    private const int EnoughTokens = 1024;

    private const int Repetitions = 3;

    /// <summary>Measures; the least of three times each, after one that does not count.</summary>
    /// <param name="config">The run.</param>
    /// <param name="microBatch">Sequences of one forward pass.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    /// <param name="device">Where.</param>
    /// <param name="clock">For durations.</param>
    public static StepTimes Measure(RunConfig config, int microBatch, bool recompute, Device device, TimeProvider clock)
    {
        using var model = ModelFactory.Create(config, device);
        using var optimizer = new AdamW(
            model.Parameters.Trainable,
            config.Optimizer,
            config.Precision == Precision.BFloat16Zero2
        );
        var gradients = new GradientAccumulation(
            model,
            config.Seed,
            microBatch,
            precision: config.Precision,
            recompute: recompute
        );
        var batch = RandomBatch.Draw(
            Math.Clamp(EnoughTokens / config.Data.SequenceLength, 1, microBatch),
            config.Data.SequenceLength,
            config.Model.VocabularySize
        );
        Step();
        var update = Least(() => optimizer.Step(config.Optimizer.LearningRate));
        var step = Least(Step);
        var tokens = (double)batch.Rows * config.Data.SequenceLength;
        return new StepTimes(Math.Max(0, step - update) / tokens, update);

        void Step()
        {
            using var loss = gradients.Begin(batch, 0);
            optimizer.Step(config.Optimizer.LearningRate);
        }

        double Least(Action action) =>
            Enumerable
                .Range(0, Repetitions)
                .Min(_ =>
                {
                    var began = clock.GetTimestamp();
                    action();
                    return clock.GetElapsedTime(began).TotalSeconds;
                });
    }
}
