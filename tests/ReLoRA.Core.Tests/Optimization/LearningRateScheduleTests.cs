using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.Tests.Optimization;

public sealed class LearningRateScheduleTests
{
    /// <summary>Schedules are a handful of operations in 64 bits: 2e-16 was measured.</summary>
    private const double Tolerance = 1e-14;

    [Fact]
    public void Every_recorded_point_of_the_linear_schedule_is_met()
    {
        foreach (var run in Golden.Json("schedules", "pico.json")["linear_with_warmup"]!.AsArray())
        {
            var config = run!["config"]!;
            var schedule = new ScheduleConfig
            {
                Kind = ScheduleKind.Linear,
                WarmupSteps = (int)config["lr_warmup_steps"]!,
            };
            AssertPoints(run, new LearningRateSchedule(schedule, (long)config["max_steps"]!, restartEvery: 1));
        }
    }

    [Fact]
    public void Every_recorded_point_of_the_jagged_cosine_is_met()
    {
        foreach (var run in Golden.Json("schedules", "pico.json")["relora_jagged_cosine"]!.AsArray())
        {
            var schedule = new LearningRateSchedule(Jagged(run!), Steps(run!), Every(run!));
            AssertPoints(run!, schedule);
            var rates = run!["lr_in_force_at_each_update_base_lr_1"]?.AsArray() ?? [];
            for (var index = 0; index < rates.Count; index++)
                Golden.Near(rates[index]!, schedule.Multiplier(index), Tolerance);
            // Completed steps, the multiplier of the update before the merge, and of the one after it.
            foreach (var merge in run!["lr_multiplier_of_the_update_just_before_and_after_each_merge"]?.AsArray() ?? [])
            {
                var step = (long)merge![0]!;
                Golden.Same(merge[0]!, step);
                Golden.Near(merge[1]!, schedule.Multiplier(step - 1), Tolerance);
                Golden.Near(merge[2]!, schedule.Multiplier(step), Tolerance);
            }
        }
    }

    [Theory]
    [InlineData("linear", ScheduleKind.Linear)]
    [InlineData("cosine", ScheduleKind.CyclicalCosine)]
    [InlineData("cosine_restarts", ScheduleKind.JaggedCosine)]
    public void Every_recorded_point_of_Lialin_et_als_schedules_is_met(string name, ScheduleKind kind)
    {
        foreach (var run in Golden.Json("schedules", "guitaricet.json")[name]!.AsArray())
        {
            var config = run!["config"]!;
            // Their shift of the cosine inside a cycle has no counterpart here: a warm start moves the cycles as a whole.
            if (config["adjust_step"] is { } adjust && (int)adjust != 0)
                continue;
            var steps = (long)config["num_training_steps"]!;
            var schedule = new ScheduleConfig
            {
                Kind = kind,
                WarmupSteps = (int)config["warmup_steps"]!,
                RestartWarmupSteps = (int?)config["restart_warmup_steps"] ?? 1,
                MinimumRatio = (double?)config["min_lr_ratio"] ?? 0,
            };
            AssertPoints(run, new LearningRateSchedule(schedule, steps, (long?)config["cycle_length"] ?? steps));
        }
    }

    [Fact]
    public void A_stable_rate_decays_to_the_floor_in_the_steps_asked_for()
    {
        var config = new ScheduleConfig
        {
            Kind = ScheduleKind.WarmupStableDecay,
            WarmupSteps = 10,
            MinimumRatio = 0.2,
            DecaySteps = 40,
        };
        var schedule = new LearningRateSchedule(config, horizon: 200, restartEvery: 1);
        Assert.Equal(0.5, schedule.Multiplier(5));
        Assert.All(new long[] { 10, 90, 160 }, index => Assert.Equal(1, schedule.Multiplier(index)));
        Assert.Equal(0.6, schedule.Multiplier(180), Tolerance);
        Assert.Equal(0.2, schedule.Multiplier(200), Tolerance);
        // Without a length of its own the decay takes a tenth of the curve.
        var tenth = new LearningRateSchedule(config with { DecaySteps = 0 }, horizon: 200, restartEvery: 1);
        Assert.Equal(1, tenth.Multiplier(180));
        Assert.Equal(0.6, tenth.Multiplier(190), Tolerance);
    }

    [Fact]
    public void A_constant_rate_is_warmed_up_and_stays()
    {
        var config = new ScheduleConfig { Kind = ScheduleKind.Constant, WarmupSteps = 4 };
        var schedule = new LearningRateSchedule(config, horizon: 100, restartEvery: 10);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 6).Select(index => schedule.Multiplier(index)));
        Assert.Equal(1, schedule.Multiplier(1000));
    }

    [Fact]
    public void The_published_resets_fall_where_the_published_trainer_merges()
    {
        foreach (var run in Golden.Json("schedules", "pico.json")["relora_jagged_cosine"]!.AsArray())
        {
            // The longest run lists only its first resets, under another key.
            var recorded = run!["merge_and_reset_after_completed_steps"]!;
            var expected = recorded as JsonArray ?? recorded["first"]!.AsArray();
            var config = new RunConfig
            {
                LowRank = new LowRankConfig
                {
                    Method = LowRankMethod.ReLoRA,
                    ResetEvery = (int)Every(run!),
                    Semantics = ResetSemantics.PaperSingleGpu,
                },
                Schedule = Jagged(run!),
                Data = new DataConfig { BatchSize = 1, SequenceLength = 1 },
                Budget = new BudgetConfig { Tokens = Steps(run!) + 1 },
            };

            var found = Enumerable.Range(1, (int)Steps(run!)).Select(step => (long)step);

            if (recorded is JsonObject whole)
            {
                var all = found.Where(step => ResetTimes.IsDue(config, step)).ToList();
                Golden.Same(whole["count"]!, all.Count);
                Golden.Same(whole["last"]!, all[^1]);
            }
            var due = found.Where(step => ResetTimes.IsDue(config, step)).Take(expected.Count).ToList();
            Assert.Equal(expected.Count, due.Count);
            foreach (var (step, at) in expected.Zip(due))
                Golden.Same(step!, at);
        }
    }

    [Fact]
    public void The_cosine_is_the_jagged_one_without_its_restarts()
    {
        var schedule = new ScheduleConfig { WarmupSteps = 10, RestartWarmupSteps = 5 };
        var jagged = new LearningRateSchedule(schedule, horizon: 100, restartEvery: 20);
        var cosine = new LearningRateSchedule(schedule with { Kind = ScheduleKind.Cosine }, 100, 20);

        for (var index = 0; index < 100; index++)
        {
            if (index < 20 || index % 20 >= 5)
                Assert.Equal(cosine.Multiplier(index), jagged.Multiplier(index), Tolerance);
            else
                Assert.True(jagged.Multiplier(index) < cosine.Multiplier(index));
        }
    }

    [Fact]
    public void The_number_of_a_reset_counts_those_before_it()
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact);

        Assert.Equal(0, ResetTimes.CountThrough(config, 7));
        Assert.Equal(1, ResetTimes.CountThrough(config, 8));
        Assert.Equal(2, ResetTimes.CountThrough(config, 17));
    }

    private static ScheduleConfig Jagged(JsonNode run) =>
        new()
        {
            WarmupSteps = (int)run["config"]!["lr_warmup_steps"]!,
            RestartWarmupSteps = (int)run["config"]!["restart_warmup_steps"]!,
            MinimumRatio = (double)run["config"]!["min_lr_ratio"]!,
        };

    private static long Steps(JsonNode run) => (long)run["config"]!["max_steps"]!;

    private static long Every(JsonNode run) => (long)run["config"]!["relora_reset_freq"]!;

    private static void AssertPoints(JsonNode run, LearningRateSchedule schedule)
    {
        foreach (var point in run["points"]!.AsArray())
        {
            var index = (long)point![0]!;
            Golden.Same(point[0]!, index);
            Golden.Near(point[1]!, schedule.Multiplier(index), Tolerance);
        }
    }
}
