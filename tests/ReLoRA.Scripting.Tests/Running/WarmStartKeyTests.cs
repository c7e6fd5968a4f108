using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class WarmStartKeyTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_acts_after_the_warm_start_does_not_count()
    {
        var cell = await CellAsync();
        var key = WarmStartKey.Of(cell);
        var (config, lowRank) = (cell.Config, cell.Config.LowRank);
        foreach (
            var other in (LowRankConfig[])
                [
                    lowRank with
                    {
                        Rank = 3,
                        Alpha = 7,
                    },
                    lowRank with
                    {
                        Method = LowRankMethod.LoRA,
                    },
                    lowRank with
                    {
                        Semantics = ResetSemantics.PaperAsRun with { Dropout = 0.2 },
                    },
                    lowRank with
                    {
                        ResetEvery = 77,
                    },
                    lowRank with
                    {
                        Scaling = AdapterScaling.TrainableTanh,
                    },
                ]
        )
            Assert.Equal(key, WarmStartKey.Of(cell with { Config = config with { LowRank = other } }));
        Assert.Equal(
            key,
            WarmStartKey.Of(
                cell with
                {
                    Config = config with { Schedule = config.Schedule with { RestartWarmupSteps = 9 } },
                }
            )
        );
    }

    [Fact]
    public async Task What_acts_before_its_end_does()
    {
        var cell = await CellAsync();
        var config = cell.Config;
        RunConfig[] others =
        [
            config,
            config with
            {
                Seed = 43,
            },
            config with
            {
                Optimizer = config.Optimizer with { LearningRate = 2e-3 },
            },
            config with
            {
                Optimizer = config.Optimizer with { Beta2 = 0.95 },
            },
            config with
            {
                Model = config.Model with { Layers = 1 },
            },
            config with
            {
                Data = config.Data with { BatchSize = 8 },
            },
            config with
            {
                LowRank = config.LowRank with { WarmStartSteps = 60 },
            },
            config with
            {
                LowRank = config.LowRank with { Targets = ["attention"] },
            },
            config with
            {
                Budget = new BudgetConfig { Steps = 1000 },
            },
            config with
            {
                Evaluation = config.Evaluation with { MaxRows = 1 },
            },
            config with
            {
                Checkpoint = config.Checkpoint with { Every = 7 },
            },
            config with
            {
                Precision = Precision.BFloat16Mixed,
            },
        ];
        Assert.Equal(
            others.Length,
            others.Select(other => WarmStartKey.Of(cell with { Config = other })).Distinct().Count()
        );
        Assert.Equal(
            2,
            new[] { "cpu", "cuda" }.Select(device => WarmStartKey.Of(cell, Execution(device))).Distinct().Count()
        );
    }

    [Fact]
    public async Task Cells_with_probes_or_hours_share_none()
    {
        var config = (await CellAsync()).Config;
        Assert.Equal(49, WarmStartKey.Step(config));
        Assert.Equal(0, WarmStartKey.Step(config with { Probes = [new ProbeConfig()] }));
        Assert.Equal(0, WarmStartKey.Step(config with { Budget = config.Budget with { Hours = 1 } }));
        Assert.Equal(0, WarmStartKey.Step(config with { LowRank = new LowRankConfig { WarmStartSteps = 50 } }));
    }

    private static ExecutionSettings Execution(string device) =>
        new()
        {
            Threads = 1,
            Device = device,
            MicroBatch = 1,
            Train = "",
            Evaluation = "",
        };

    private async Task<PlannedCell> CellAsync() =>
        (
            await folder.PlanAsync(
                """
                Sweep("s", Presets.Nano with
                {
                    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, WarmStartSteps = 50 },
                    Schedule = new ScheduleConfig { WarmupSteps = 10, RestartWarmupSteps = 5 },
                });
                """
            )
        ).Cells[0];
}
