using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Observed;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Data.Shards;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>A small model in 64 bits, none of whose factors is zero, and rows of data for it.</summary>
internal sealed class MeasuredModels : IDisposable
{
    private readonly TokenDataset data;

    public MeasuredModels(
        TemporaryFolder folder,
        LowRankMethod method,
        string architecture = "pico",
        Func<RunConfig, RunConfig>? change = null
    )
    {
        Config = Of(method, architecture);
        Config = change?.Invoke(Config) ?? Config;
        SmallRuns.Cell(folder, Config);
        data = TokenDataset.Open(folder.File("data", "train"));
        Rows = new ProbeRows(data, 64);
        Model = ModelFactory.Create(Config, CPU);
        using var frozen = no_grad();
        using var generator = new Generator(7);
        foreach (
            var parameter in Model.Parameters.Where(one => one.Name.EndsWith("_lora.weight", StringComparison.Ordinal))
        )
        {
            using var scope = NewDisposeScope();
            parameter.Value.copy_(randn(parameter.Value.shape, dtype: float64, generator: generator).Times(0.2));
        }
    }

    public RunConfig Config { get; }

    public Decoder Model { get; }

    public ProbeRows Rows { get; }

    public static RunConfig Of(LowRankMethod method, string architecture = "pico")
    {
        var start = SmallRuns.Config with { Precision = Precision.Float64 };
        return start with
        {
            LowRank = start.LowRank with { Method = method },
            Model =
                architecture == "pico"
                    ? start.Model
                    : start.Model with
                    {
                        Architecture = Architecture.NeoX,
                        RotaryFraction = 0.5,
                    },
        };
    }

    public ModelSource Source() => new(Model, new Surroundings { Rows = Rows });

    public void Dispose()
    {
        Model.Dispose();
        data.Dispose();
    }

    /// <summary>The mean loss over rows, one by one. The caller's scope owns it.</summary>
    public Tensor Loss(int rows)
    {
        var losses = Rows.Read(rows, CPU, TestContext.Current.CancellationToken)
            .Select(row =>
                nn.functional.cross_entropy(
                    Model.Forward(row.Inputs_1T, training: false).flatten(0, 1),
                    row.Labels_1T.flatten()
                )
            )
            .ToArray();
        return stack(losses).mean();
    }

    /// <summary>Asserts that the largest difference is small against the largest number.</summary>
    public static void AssertNear(Tensor expected, Tensor found, double tolerance)
    {
        Assert.Equal(expected.shape, found.shape);
        var scale = expected.abs().max().item<double>();
        Assert.True(scale > 0, "nothing is compared");
        Assert.InRange((expected - found).abs().max().item<double>() / scale, 0, tolerance);
    }
}
