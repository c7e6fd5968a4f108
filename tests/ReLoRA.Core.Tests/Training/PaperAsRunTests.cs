using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

/// <summary>The published restarts as recorded from DeepSpeed's own optimizer class, and the same run with real restarts.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class PaperAsRunTests
{
    /// <summary>An independent implementation was 1e-14 off in losses, 2e-13 in snapshots and norms, 9e-13 in final weights.</summary>
    private const double Losses = 1e-10;

    private const double Around = 1e-9;

    private const double Final = 1e-8;

    private const int Updates = 26;

    [Theory]
    [InlineData("paper_as_run", RestartRule.CarriedOver)]
    [InlineData("single_process", RestartRule.Reinitialise)]
    public void Every_update_is_that_of_the_published_code(string run, RestartRule restart)
    {
        using var scope = NewDisposeScope();
        var config = Config(restart);
        using var model = Golden.Decoder("main", config);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var recorded = Golden.Json("paper_as_run", "runs.json")["runs"]![run]!["modes"]!["f64"]!;
        var snapshots = new Snapshots(model, Golden.Tensors("paper_as_run", run, "resets_layer0_f64.safetensors"));
        var deviations = new Deviations();

        Train(config, model, optimizer, recorded, snapshots, deviations);

        var final = Golden.Tensors("paper_as_run", run, "final_f64.safetensors");
        foreach (var parameter in model.Parameters)
            deviations.Add("final", Golden.LargestDifference(final[parameter.Name], parameter.Value));
        deviations.Add("snapshots", snapshots.Largest);
        TestContext.Current.TestOutputHelper?.WriteLine($"{run}: {deviations}");
        Assert.Equal(9, snapshots.Compared);
        Assert.True(deviations["losses"] < Losses, $"{deviations}");
        Assert.True(deviations["norms"] < Around, $"{deviations}");
        Assert.True(deviations["snapshots"] < Around, $"{deviations}");
        Assert.True(deviations["final"] < Final, $"{deviations}");
    }

    private static void Train(
        RunConfig config,
        Decoder model,
        AdamW optimizer,
        JsonNode recorded,
        Snapshots snapshots,
        Deviations deviations
    )
    {
        var tokens = Golden.Tensors("paper_as_run", "batches.safetensors")["tokens"];
        var log = recorded["log"]!.AsArray();
        var schedule = new LearningRateSchedule(config);
        var gradients = new GradientAccumulation(model, config.Seed, microBatch: 4);
        for (var step = 0; step < Updates; step++)
        {
            using var rows = tokens[step].contiguous();
            var batch = new TokenBatch(rows.data<long>().ToArray(), 4, 17, new SampleCursor(0, 0));
            var rate = config.Optimizer.LearningRate * schedule.Multiplier(step);
            Assert.Equal((double)log[step]!["lr"]!, rate, 1e-14);
            deviations.Add("losses", Math.Abs((double)log[step]!["loss"]! - gradients.Add(batch, step)));
            optimizer.Step(rate);
            foreach (var (name, norms) in recorded["norms"]!.AsObject())
                deviations.Add("norms", Math.Abs((double)norms!["live"]![step]! - Norm(model, name)));
            if (ResetTimes.IsDue(config, step))
                snapshots.Compare($"reset_{step}.next");
            if (!ResetTimes.IsDue(config, step + 1))
                continue;
            snapshots.Compare($"reset_{step + 1}.before");
            Reset(config, model, optimizer, step + 1);
            snapshots.Compare($"reset_{step + 1}.after");
        }
    }

    private static double Norm(Decoder model, string name) => model.Parameters[name].Value.norm().item<double>();

    private static void Reset(RunConfig config, Decoder model, AdamW optimizer, int step)
    {
        using var frozen = no_grad();
        var drawn = Golden.Tensors("paper_as_run", "A_reinit_f32.safetensors");
        var semantics = config.LowRank.Semantics;
        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            new Merge(semantics.Merge).Apply(linear);
            AdapterRestart.Apply(linear, optimizer, semantics, config.Seed, resetNumber: 1);
            linear.A.copy_(drawn[$"after_step_{step}.{linear.Name}.A_lora.weight"]);
            OptimizerStateReset.Apply(linear, optimizer, semantics, config.Seed, resetNumber: 1);
        }
    }

    /// <summary>The presets with what the recording left to chance taken out: no dropout, all moments of A and B zero.</summary>
    private static RunConfig Config(RestartRule restart)
    {
        var preset = restart == RestartRule.CarriedOver ? ResetSemantics.PaperAsRun : ResetSemantics.PaperSingleGpu;
        Assert.Equal(restart, preset.Restart);
        return new RunConfig
        {
            Precision = Precision.Float64,
            Model = Golden.Model("main"),
            Optimizer = new OptimizerConfig { LearningRate = 0.003 },
            Schedule = new ScheduleConfig
            {
                WarmupSteps = 4,
                RestartWarmupSteps = 2,
                HorizonSteps = 40,
            },
            LowRank = new LowRankConfig
            {
                Method = LowRankMethod.ReLoRA,
                Rank = 4,
                Alpha = 8,
                ResetEvery = 8,
                Semantics = preset with { Moments = MomentReset.Zero, Dropout = 0 },
            },
            Data = new DataConfig { BatchSize = 4, SequenceLength = 16 },
            Budget = new BudgetConfig { Tokens = (Updates + 1) * 4 * 16 },
        };
    }

    /// <summary>The recorded weights of layer 0 around each reset.</summary>
    private sealed class Snapshots(Decoder model, IReadOnlyDictionary<string, Tensor> stored)
    {
        public double Largest { get; private set; }

        public int Compared { get; private set; }

        public void Compare(string moment)
        {
            foreach (
                var (name, expected) in stored.Where(entry =>
                    entry.Key.StartsWith(moment + ".", StringComparison.Ordinal)
                )
            )
            {
                var live = model.Parameters[name[(moment.Length + 1)..]].Value;
                Largest = Math.Max(Largest, Golden.LargestDifference(expected, live));
            }
            Compared++;
        }
    }
}
