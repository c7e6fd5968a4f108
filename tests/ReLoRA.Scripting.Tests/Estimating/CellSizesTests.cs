using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Scripting.Estimating;

namespace ReLoRA.Scripting.Tests.Estimating;

public sealed class CellSizesTests
{
    private static readonly RunConfig Run = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    };

    [Fact]
    public void Sizes_shapes_and_memory_of_many_cells_are_those_of_each_alone()
    {
        var (sizes, shapes) = (new CellSizes(), new CellShapes());
        foreach (var config in Varied().Concat(Varied()))
        {
            var execution = Execution(rows: 1 + (int)(config.Seed % 2));
            Assert.Equal(RunSize.Of(config), sizes.Of(config));
            Assert.Equal(MemoryEstimate.Of(config, execution.MicroBatch, false).Total, sizes.Memory(config, execution));
            Assert.Equal(CellShape.Of(config, execution), shapes.Of(config, execution));
        }
    }

    /// <summary>The run with each knob in turn at another value, as far as that is allowed.</summary>
    private static List<RunConfig> Varied()
    {
        var changes = KnobTree
            .Leaves(Run)
            .SelectMany(leaf =>
                Others(leaf.Value).Select(value => KnobTree.With(Run with { Seed = Run.Seed + 1 }, leaf.Key, value))
            )
            .Where(config => ConfigValidator.Validate(config).Count == 0)
            .Prepend(Run)
            .ToList();
        Assert.True(changes.Count > 50, $"{changes.Count}");
        return changes;
    }

    private static IEnumerable<object> Others(object value) =>
        value switch
        {
            bool flag => [!flag],
            int number => [number + 1, 2 * number],
            long number => [number + 1, 2 * number],
            double number => [number / 2, (number / 2) + 0.25],
            Enum named => Enum.GetValues(named.GetType()).Cast<object>().Where(other => !other.Equals(value)),
            _ => [],
        };

    private static ExecutionSettings Execution(int rows) =>
        new()
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = rows,
            Train = "",
            Evaluation = "",
        };
}
