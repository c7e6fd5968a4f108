using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class ChunkedLossTests
{
    /// <summary>The same numbers added in another order: 64-bit rounding of sums of some 40.</summary>
    private const double Tolerance = 1e-13;

    private const int Vocabulary = 32;

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.Exact) with
    {
        Precision = Precision.Float64,
    };

    public static TheoryData<Architecture> Architectures { get; } = [Architecture.Pico, Architecture.NeoX];

    // 36 positions: pieces that divide them, that leave a rest, of one position, and all at once.
    [Theory]
    [MemberData(nameof(Architectures))]
    public void Loss_and_every_gradient_are_those_of_all_logits_at_once(Architecture architecture)
    {
        using var scope = NewDisposeScope();
        var (expectedLoss, expected) = Gradients(architecture, long.MaxValue);
        Assert.True(expected.abs().max().item<double>() > 1e-3);
        foreach (var positions in new[] { 1, 7, 12, 35, 36 })
        {
            var (loss, found) = Gradients(architecture, positions * Vocabulary);
            Assert.Equal(expectedLoss, loss, Tolerance);
            Assert.True(Golden.LargestDifference(expected, found) < Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Loss_and_every_gradient_are_those_of_the_library_s_cross_entropy(Architecture architecture)
    {
        using var scope = NewDisposeScope();
        var (expectedLoss, expected) = Gradients(
            architecture,
            (model, hidden_BTW, labels_BT) =>
            {
                var logits_NV = model.Logits(hidden_BTW).flatten(0, 1);
                var loss = nn.functional.cross_entropy(logits_NV, labels_BT.flatten()).mul(LivingScalar.Of(0.75));
                loss.backward();
                return loss.item<double>();
            }
        );

        var (loss, found) = Gradients(architecture, 7 * Vocabulary);

        Assert.Equal(expectedLoss, loss, Tolerance);
        Assert.True(Golden.LargestDifference(expected, found) < Tolerance);
    }

    [Fact]
    public void Every_tensor_made_is_freed()
    {
        using var model = ModelFactory.Create(Config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, Config.Optimizer);
        Backward(model, 100);
        var before = LiveTensors.Count;
        Backward(model, 100);
        Backward(model, long.MaxValue);
        Assert.Equal(before, LiveTensors.Count);
    }

    private static (double Loss, Tensor Gradients) Gradients(Architecture architecture, long logitsAtOnce) =>
        Gradients(
            architecture,
            (model, hidden_BTW, labels_BT) =>
                ChunkedLoss.Backward(model, hidden_BTW, labels_BT, 0.75, logitsAtOnce).item<double>()
        );

    private static (double Loss, Tensor Gradients) Gradients(
        Architecture architecture,
        Func<Decoder, Tensor, Tensor, double> backward
    )
    {
        var config = Config with { Model = Config.Model with { Architecture = architecture, Heads = 2 } };
        using var model = ModelFactory.Create(config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var loss = Backward(model, backward);
        return (loss, cat([.. model.Parameters.Trainable.Select(parameter => parameter.Value.grad!.flatten())]));
    }

    private static double Backward(Decoder model, long logitsAtOnce) =>
        Backward(
            model,
            (_, hidden_BTW, labels_BT) =>
                ChunkedLoss.Backward(model, hidden_BTW, labels_BT, 0.75, logitsAtOnce).item<double>()
        );

    private static double Backward(Decoder model, Func<Decoder, Tensor, Tensor, double> backward)
    {
        using var scope = NewDisposeScope();
        var ids = Enumerable.Range(0, 3 * 13).Select(i => (long)(i * i % Vocabulary)).ToArray();
        var ids_BT = tensor(ids, [3, 13]);
        var hidden_BTW = model.Hidden(ids_BT.narrow(1, 0, 12).contiguous(), training: true);
        var labels_BT = ids_BT.narrow(1, 1, 12).contiguous();
        return backward(model, hidden_BTW, labels_BT);
    }
}
