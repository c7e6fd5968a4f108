using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Estimating;

namespace ReLoRA.Scripting.Tests.Estimating;

public sealed class CellShapeTests
{
    private static readonly ExecutionSettings Execution = new()
    {
        Threads = 1,
        Device = "cpu",
        MicroBatch = 4,
        Train = "here",
        Evaluation = "there",
    };

    private static readonly RunConfig Run = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    };

    [Fact]
    public void Seeds_rates_and_lengths_do_not_matter() =>
        Assert.Equal(
            CellShape.Of(Run, Execution),
            CellShape.Of(
                Run with
                {
                    Seed = 7,
                    Optimizer = new() { LearningRate = 1 },
                    Budget = new() { Steps = 5 },
                    LowRank = Run.LowRank with { Alpha = 3 },
                },
                Execution with
                {
                    Train = "elsewhere",
                }
            )
        );

    [Fact]
    public void What_is_computed_matters()
    {
        CellShape[] shapes =
        [
            CellShape.Of(Run, Execution),
            CellShape.Of(Presets.Nano, Execution),
            CellShape.Of(Run with { LowRank = Run.LowRank with { Rank = 4 } }, Execution),
            CellShape.Of(Run with { Model = Run.Model with { Layers = 2 } }, Execution),
            CellShape.Of(Run with { Precision = Precision.BFloat16Mixed }, Execution),
            CellShape.Of(Run with { Evaluation = Run.Evaluation with { Every = 1 } }, Execution),
            CellShape.Of(Run, Execution with { Threads = 2 }),
            CellShape.Of(Run, Execution with { MicroBatch = 2 }),
            CellShape.Of(Run, Execution with { Recompute = true }),
            CellShape.Of(Run, Execution with { Device = "cuda" }),
            CellShape.Of(Run, Execution with { Ranks = 2 }),
        ];

        Assert.Distinct(shapes);
    }

    [Fact]
    public void Cells_that_differ_in_the_number_of_processes_alone_are_told_apart_among_many()
    {
        var shapes = new CellShapes();
        Assert.NotEqual(shapes.Of(Run, Execution), shapes.Of(Run, Execution with { Ranks = 2 }));
    }
}
