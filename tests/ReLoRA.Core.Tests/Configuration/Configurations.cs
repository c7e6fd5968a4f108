using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

/// <summary>Random configurations over the knobs on which identity depends, sound ones only.</summary>
internal static class Configurations
{
    public static Arbitrary<RunConfig> Any { get; } =
        Arb.From(
            from method in Gen.Elements(Enum.GetValues<LowRankMethod>())
            from kind in Gen.Elements(Enum.GetValues<ScheduleKind>())
            from semantics in Gen.Elements(
                ResetSemantics.Exact,
                ResetSemantics.PaperSingleGpu,
                ResetSemantics.Exact with
                {
                    PruneRatio = 0.5,
                },
                ResetSemantics.PaperSingleGpu with
                {
                    PruneRatio = 0.5,
                }
            )
            from preset in Gen.Elements(Presets.Nano, Presets.NanoNeoX)
            from numbers in Gen.Choose(0, 3).ArrayOf(6)
            from targets in Gen.Elements<EquatableList<string>>(
                ["attention", "swiglu"],
                ["swiglu", "attention"],
                ["swiglu", "swiglu"]
            )
            select Make(preset, method, kind, semantics, numbers, targets)
        );

    private static RunConfig Make(
        RunConfig preset,
        LowRankMethod method,
        ScheduleKind kind,
        ResetSemantics semantics,
        int[] numbers,
        EquatableList<string> targets
    ) =>
        preset with
        {
            LowRank = new LowRankConfig
            {
                Method = method,
                Rank = 4 + numbers[0],
                ResetEvery = 80 + numbers[1],
                Semantics = semantics,
                Targets = targets,
            },
            Schedule = new ScheduleConfig
            {
                Kind = kind,
                WarmupSteps = 40,
                RestartWarmupSteps = 8 + numbers[2],
                MinimumRatio = 0.1 * numbers[3],
                HorizonSteps = numbers[4] == 0 ? 0 : 320 + numbers[4],
            },
            Budget = new BudgetConfig { Tokens = (320 * 12 * 128) + (700 * numbers[5]) },
            Seed = numbers[0] % 2,
        };
}
