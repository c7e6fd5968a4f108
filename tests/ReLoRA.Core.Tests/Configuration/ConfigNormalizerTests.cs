using FsCheck.Fluent;
using ReLoRA.Core.Configuration;
using Check = FsCheck.Check;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class ConfigNormalizerTests
{
    private static readonly RunConfig Nano = Presets.Nano;
    private static readonly RunConfig ReLoRA = Nano with
    {
        LowRank = Nano.LowRank with { Method = LowRankMethod.ReLoRA },
        Schedule = Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
    };

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Configurations.Any,
                config =>
                {
                    var once = ConfigNormalizer.Normalize(config);
                    return ConfigNormalizer.Normalize(once) == once;
                }
            )
        );

    [Fact]
    public void A_sound_configuration_stays_sound_and_keeps_its_steps() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Configurations.Any,
                config =>
                {
                    var normal = ConfigNormalizer.Normalize(config);
                    return normal.Steps == config.Steps
                        && ConfigValidator.Validate(config).Count == 0
                        && ConfigValidator.Validate(normal with { LowRank = config.LowRank }).Count == 0;
                }
            )
        );

    [Fact]
    public void Changing_a_knob_that_is_named_ineffective_changes_no_identity() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Configurations.Any,
                config =>
                {
                    var identity = CellIdentity.Of(config, "data");
                    return ConfigNormalizer
                        .Ineffective(config)
                        .Select(path => KnobTree.With(config, path, KnobTree.Get(Nano, path)))
                        .All(changed => CellIdentity.Of(changed, "data") == identity);
                }
            )
        );

    [Fact]
    public void At_full_rank_every_low_rank_knob_goes_back_to_its_default()
    {
        var tuned = Nano with { LowRank = Nano.LowRank with { Rank = 4, Semantics = ResetSemantics.PaperSingleGpu } };
        Assert.Equal(new LowRankConfig(), ConfigNormalizer.Normalize(tuned).LowRank);
    }

    [Fact]
    public void At_full_rank_the_reset_period_stays_when_the_schedule_is_jagged()
    {
        var jagged = Nano with { Schedule = Nano.Schedule with { Kind = ScheduleKind.JaggedCosine } };
        Assert.Equal(new LowRankConfig { ResetEvery = 80 }, ConfigNormalizer.Normalize(jagged).LowRank);
    }

    [Theory]
    [InlineData(LowRankMethod.LoRA)]
    [InlineData(LowRankMethod.LowRank)]
    public void Without_resets_their_points_go_back_to_their_defaults(LowRankMethod method)
    {
        var tuned = new LowRankConfig
        {
            Method = method,
            Rank = 4,
            Semantics = ResetSemantics.PaperAsRun with { Counter = AdamCounter.Reset },
        };
        var kept =
            method == LowRankMethod.LoRA
                ? new ResetSemantics { FirstCycle = AdapterStart.Dead, Dropout = 0.1 }
                : new ResetSemantics();
        Assert.Equal(
            new LowRankConfig
            {
                Method = method,
                Rank = 4,
                Semantics = kept,
            },
            ConfigNormalizer.Normalize(Nano with { LowRank = tuned }).LowRank
        );
    }

    [Fact]
    public void A_trained_scale_leaves_alpha_without_effect()
    {
        var trained = ReLoRA with { LowRank = ReLoRA.LowRank with { Scaling = AdapterScaling.TrainableTanh } };
        Assert.Contains("LowRank.Alpha", ConfigNormalizer.Ineffective(trained));
        Assert.DoesNotContain("LowRank.Alpha", ConfigNormalizer.Ineffective(ReLoRA));
    }

    [Fact]
    public void With_ReLoRA_every_low_rank_knob_stays() =>
        Assert.Equal(ReLoRA.LowRank, ConfigNormalizer.Normalize(ReLoRA).LowRank);

    [Theory]
    [InlineData(ScheduleKind.JaggedCosine, 8, 0.3)]
    [InlineData(ScheduleKind.Cosine, 100, 0.3)]
    [InlineData(ScheduleKind.Linear, 100, 0.1)]
    public void A_schedule_keeps_only_the_knobs_it_has(ScheduleKind kind, int restart, double minimum)
    {
        var schedule = ConfigNormalizer
            .Normalize(Nano with { Schedule = Nano.Schedule with { Kind = kind, MinimumRatio = 0.3 } })
            .Schedule;
        Assert.Equal((restart, minimum), (schedule.RestartWarmupSteps, schedule.MinimumRatio));
    }

    [Fact]
    public void The_prune_ratio_counts_only_where_moments_are_pruned()
    {
        Assert.Equal(0.999, PruneRatio(MomentReset.Zero));
        Assert.Equal(0.999, PruneRatio(MomentReset.None));
        Assert.Equal(0.5, PruneRatio(MomentReset.RandomPrune));
        Assert.Equal(0.5, PruneRatio(MomentReset.MagnitudePrune));

        static double PruneRatio(MomentReset moments)
        {
            var semantics = ResetSemantics.Exact with { Moments = moments, PruneRatio = 0.5 };
            var config = ReLoRA with { LowRank = ReLoRA.LowRank with { Semantics = semantics } };
            return ConfigNormalizer.Normalize(config).LowRank.Semantics.PruneRatio;
        }
    }

    [Theory]
    [InlineData(320, 0)]
    [InlineData(361, 361)]
    [InlineData(0, 0)]
    public void A_horizon_equal_to_the_run_is_the_default(long horizon, long normal) =>
        Assert.Equal(
            normal,
            ConfigNormalizer
                .Normalize(Nano with { Schedule = Nano.Schedule with { HorizonSteps = horizon } })
                .Schedule.HorizonSteps
        );

    [Fact]
    public void Tokens_that_make_no_whole_step_are_dropped() =>
        Assert.Equal(
            Nano,
            ConfigNormalizer.Normalize(
                Nano with
                {
                    Budget = new BudgetConfig { Tokens = Nano.Budget.Tokens + 1535 },
                }
            ) with
            {
                LowRank = Nano.LowRank,
                Schedule = Nano.Schedule,
            }
        );

    [Fact]
    public void The_order_of_targets_makes_no_difference()
    {
        var turned = ReLoRA with { LowRank = ReLoRA.LowRank with { Targets = ["swiglu", "attention", "swiglu"] } };
        Assert.Equal(ReLoRA, ConfigNormalizer.Normalize(turned));
    }

    [Fact]
    public void The_feed_forward_layer_has_one_spelling_in_each_architecture()
    {
        var neox = ReLoRA with { Model = Presets.NanoNeoX.Model };
        var spelled = neox with { LowRank = neox.LowRank with { Targets = ["mlp", "attention"] } };
        Assert.Equal(CellIdentity.Of(neox, "data"), CellIdentity.Of(spelled, "data"));
        Assert.NotEqual(CellIdentity.Of(neox, "data"), CellIdentity.Of(ReLoRA, "data"));
    }
}
