using System.Diagnostics;
using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>
/// The form of the forward pass: <c>W x + B (s A x)</c>, with the scale on the narrow side, beside <c>(W + s B A) x</c>, which costs a
/// product of the weight's size and the whole gradient for W.
/// </summary>
[Collection(DefaultGenerator.Collection)]
public sealed class ForwardFormTests
{
    private const int Rank = 16;

    // The lab log has nine; these tell that the measurement still works.
    private const int Rounds = 3;

    /// <summary>Sums of up to 1,536 products in 32 bits, of numbers up to 10, in two orders.</summary>
    private const double Rounding = 1e-3;

    [Theory]
    [InlineData(64, 96, 384)]
    [InlineData(64, 384, 1536)]
    public void Both_forms_compute_the_same(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterSet();
        var linear = Linear(inputs, outputs, parameters);
        var x = Draws.Normal([rows, inputs]);

        Golden.Near(Whole(linear, x), linear.Forward(x, training: true), Rounding);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_ratio_of_their_costs_is_printed()
    {
        foreach (
            var (rows, inputs, outputs) in new[]
            {
                (2048, 96, 96),
                (2048, 96, 384),
                (512, 384, 1536),
                (4096, 384, 1536),
            }
        )
        {
            using var scope = NewDisposeScope();
            using var parameters = new ParameterSet();
            var linear = Linear(inputs, outputs, parameters);
            var x = Draws.Normal([rows, inputs]).requires_grad_(true);
            var ratios = Enumerable
                .Range(0, Rounds + 2)
                .Select(_ => Cost(() => linear.Forward(x, training: true)) / Cost(() => Whole(linear, x)))
                .Skip(2)
                .Order()
                .ToList();
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} rows {inputs} to {outputs}: {ratios[Rounds / 2]:F2} ({ratios[0]:F2} to {ratios[^1]:F2})"
            );
            TestContext.Current.TestOutputHelper?.WriteLine(text);
        }
    }

    private static ReLoRALinear Linear(int inputs, int outputs, ParameterSet parameters)
    {
        var lowRank = new LowRankConfig
        {
            Method = LowRankMethod.ReLoRA,
            Rank = Rank,
            Targets = ["linear"],
        };
        var linear = new ReLoRALinear("linear", Draws.Normal([outputs, inputs]).Times(0.1), lowRank, parameters);
        Golden.Copy(Draws.Normal([Rank, inputs]).Times(0.1), linear.A);
        Golden.Copy(Draws.Normal([outputs, Rank]).Times(0.1), linear.B);
        return linear;
    }

    private static Tensor Whole(ReLoRALinear linear, Tensor x) =>
        nn.functional.linear(x, linear.Weight.Plus(mm(linear.B, linear.A).Times(linear.Scale)));

    /// <summary>Processor seconds of some forward and backward passes, whatever else the machine does.</summary>
    private static double Cost(Func<Tensor> forward)
    {
        using var process = Process.GetCurrentProcess();
        var begun = process.TotalProcessorTime;
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            forward().sum().backward();
        }
        process.Refresh();
        return (process.TotalProcessorTime - begun).TotalSeconds;
    }
}
