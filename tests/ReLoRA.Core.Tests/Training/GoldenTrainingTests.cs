using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Tests.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class GoldenTrainingTests
{
    /// <summary>Twelve steps in 64 bits: 3e-15 was measured for losses, 3e-13 for weights.</summary>
    private const double Losses = 1e-9;

    private const double Weights = 1e-8;

    /// <summary>
    /// In 32 bits, or against the published casts to them: 1e-6 was measured for losses. Adam divides by sqrt(v), which makes much of
    /// the rounding of a gradient near zero: up to 1e-4 in a weight.
    /// </summary>
    private const double Rounded = 1e-4;

    /// <summary>A rate is a product of two or three numbers.</summary>
    private const double Rates = 1e-14;

    private const int StepsOfRun = 12;

    public static TheoryData<string, string> Runs { get; } = [];

    static GoldenTrainingTests()
    {
        foreach (var mode in GoldenMode.Names)
        {
            Runs.Add("plain", mode);
            Runs.Add("relora_published_start", mode);
            Runs.Add("relora_kaiming_start_published_merge", mode);
            Runs.Add("relora_kaiming_start_scaled_merge", mode);
            Runs.Add("relora_zero_weights", mode);
        }
    }

    [Fact]
    public void Two_micro_batches_a_step_are_those_of_the_published_code()
    {
        using var scope = NewDisposeScope();
        var log = Golden.Json("training", "runs.json")["runs"]!["plain_accum2"]!["log_f64"]!.AsArray();
        var config = Config("plain", Precision.Float64);
        using var model = Golden.Decoder("main", config);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);

        Train("plain", config, model, optimizer, microBatch: 2, log, [], Losses);

        AssertFinal("plain", model, Weights);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Twelve_steps_with_a_reset_are_those_of_the_published_code(string run, string mode)
    {
        using var scope = NewDisposeScope();
        var recorded = Golden.Json("training", "runs.json")["runs"]![run]!["modes"]![mode]!;
        var config = Config(run, GoldenMode.Of(mode).Precision);
        using var model = Golden.Decoder("main", config);
        if (run.Contains("kaiming", StringComparison.Ordinal))
            Golden.Load(model, Golden.Tensors("training", "A0_f32.safetensors"));
        using (no_grad())
        {
            // The recorded weights were loaded over the zeros that such a model begins with.
            foreach (var linear in model.Linears.OfType<ReLoRALinear>().Where(_ => !config.LowRank.KeepWeights))
                linear.Weight.zero_();
        }
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);

        var (values, weights) = mode == "f64" ? (Losses, Weights) : (Rounded, Rounded);
        var events = recorded["events"]?.AsArray() ?? [];

        Train(run, config, model, optimizer, microBatch: 4, recorded["log"]!.AsArray(), events, values);

        // With weights and B at zero A is a draw that nothing depends on, and was not recorded.
        foreach (
            var (name, norm) in recorded["final_param_l2"]!
                .AsObject()
                .Where(entry => config.LowRank.KeepWeights || !entry.Key.Contains("A_lora", StringComparison.Ordinal))
        )
            Golden.Near(norm!, Norm(model, name), weights);
        // Errors of elements are independent, so those of a sum grow with the square root.
        foreach (var (name, sum) in recorded["final_param_sum"]?.AsObject() ?? [])
        {
            var value = model.Parameters[name].Value.to(float64);
            Golden.Near(sum!, value.sum().item<double>(), weights * Math.Sqrt(value.numel()));
        }
        if (recorded["max_abs_change_from_initial"] is { } change)
        {
            var initial = Golden.Tensors("decoder", "main", "weights_f32.safetensors");
            var largest = model.Parameters.Max(p => Golden.LargestDifference(initial[p.Name], p.Value));
            Golden.Near(change, largest, weights);
        }
        if (!config.LowRank.KeepWeights)
        {
            Assert.All(
                model.Linears.OfType<ReLoRALinear>(),
                linear => Assert.Equal(0, linear.B.count_nonzero().item<long>())
            );
            return;
        }
        AssertFinal(run, model, weights);
    }

    private static void AssertFinal(string run, Decoder model, double tolerance)
    {
        foreach (var (name, expected) in Golden.Tensors("training", run, "final_f64.safetensors"))
            Golden.Near(expected, model.Parameters[name].Value, tolerance);
    }

    private static void Train(
        string run,
        RunConfig config,
        Decoder model,
        AdamW optimizer,
        int microBatch,
        JsonArray log,
        JsonArray events,
        double tolerance
    )
    {
        var tokens = Golden.Tensors("training", "batches.safetensors")["tokens"];
        var schedule = new LearningRateSchedule(config.Schedule, StepsOfRun, config.LowRank.ResetEvery);
        var gradients = new GradientAccumulation(model, config.Seed, microBatch);
        for (var step = 0; step < StepsOfRun; step++)
        {
            using var rows = tokens[step].contiguous();
            var batch = new TokenBatch(rows.data<long>().ToArray(), 4, 17, new SampleCursor(0, 0));
            var rate = config.Optimizer.LearningRate * schedule.Multiplier(step);
            Golden.Near(log[step]!["lr"]!, rate, Rates);
            Golden.Near(log[step]!["loss"]!, gradients.Add(batch, step), tolerance);
            Golden.Near(log[step]!["grad_l2"]!, GradientNorm(model), tolerance);
            optimizer.Step(rate);
            if (!ResetTimes.IsDue(config, step + 1))
                continue;
            var reset = Assert.Single(events, e => (int)e!["after_completed_steps"]! == step + 1)!;
            Golden.Same(reset["after_completed_steps"]!, step + 1);
            Golden.Near(reset["loss_same_batch_before_merge"]!, Loss(model, rows), tolerance);
            Reset(run, config, model, optimizer, step + 1);
            Golden.Near(reset["loss_same_batch_after_merge"]!, Loss(model, rows), tolerance);
            foreach (var (name, norm) in reset["W_l2_after"]?.AsObject() ?? [])
                Golden.Near(norm!, Norm(model, name), tolerance);
        }
    }

    private static double Loss(Decoder model, Tensor rows)
    {
        using var frozen = no_grad();
        var (inputs, labels) = (rows.narrow(1, 0, 16), rows.narrow(1, 1, 16));
        return Golden.Loss(model, inputs, labels).to(float64).item<double>();
    }

    private static double Norm(Decoder model, string name) =>
        model.Parameters[name].Value.to(float64).norm().item<double>();

    private static double GradientNorm(Decoder model) =>
        Math.Sqrt(
            model.Parameters.Trainable.Sum(parameter =>
            {
                using var gradient = parameter.Value.grad!;
                return Math.Pow(gradient.to(float64).norm().item<double>(), 2);
            })
        );

    private static void Reset(string run, RunConfig config, Decoder model, AdamW optimizer, int step)
    {
        using var frozen = no_grad();
        // With weights and B at zero no A makes a difference, and none was recorded.
        var drawn = config.LowRank.KeepWeights
            ? Golden.Tensors("training", run, "A_reinit_f32.safetensors")
            : new Dictionary<string, Tensor>();
        foreach (var linear in model.Linears.OfType<ReLoRALinear>())
        {
            new Merge(config.LowRank.Semantics.Merge).Apply(linear);
            AdapterDraw.Restart(linear, config.Seed, resetNumber: 1);
            if (drawn.TryGetValue($"after_step_{step}.{linear.Name}.A_lora.weight", out var recorded))
                linear.A.copy_(recorded);
            OptimizerStateReset.Apply(linear, optimizer, config.LowRank.Semantics, config.Seed, Turns.First(linear));
        }
    }

    private static RunConfig Config(string run, Precision precision)
    {
        var plain = run == "plain";
        return new RunConfig
        {
            Precision = precision,
            Model = Golden.Model("main"),
            Optimizer = new OptimizerConfig { LearningRate = 0.003 },
            Schedule = new ScheduleConfig
            {
                Kind = plain ? ScheduleKind.Linear : ScheduleKind.JaggedCosine,
                WarmupSteps = plain ? 3 : 2,
                RestartWarmupSteps = 2,
            },
            LowRank = new LowRankConfig
            {
                Method = plain ? LowRankMethod.FullRank : LowRankMethod.ReLoRA,
                Rank = 4,
                Alpha = 8,
                ResetEvery = 6,
                KeepWeights = run != "relora_zero_weights",
                Semantics = new ResetSemantics
                {
                    FirstCycle = run.Contains("kaiming", StringComparison.Ordinal)
                        ? AdapterStart.Kaiming
                        : AdapterStart.Dead,
                    Merge = run.Contains("scaled_merge", StringComparison.Ordinal)
                        ? MergeRule.Scaled
                        : MergeRule.Unscaled,
                    Offset = 1,
                },
            },
            Data = new DataConfig { BatchSize = 4, SequenceLength = 16 },
            Budget = new BudgetConfig { Tokens = (StepsOfRun + 1) * 4 * 16 },
        };
    }
}
