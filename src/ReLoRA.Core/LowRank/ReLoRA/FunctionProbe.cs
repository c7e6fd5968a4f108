using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Measures a model's function on a fixed batch. Everything it returns belongs to the caller's scope.</summary>
internal sealed class FunctionProbe
{
    private readonly Decoder model;
    private readonly RunConfig config;
    private readonly Tensor inputs_BT;
    private readonly Tensor labels_BT;

    public FunctionProbe(Decoder model, RunConfig config, Tensor inputs_BT, Tensor labels_BT) =>
        (this.model, this.config, this.inputs_BT, this.labels_BT) = (model, config, inputs_BT, labels_BT);

    public Tensor Logits()
    {
        using var frozen = no_grad();
        return InOneScope(() => model.Forward(inputs_BT, training: false));
    }

    /// <summary>Logits with dropout, the masks being those of the same step each time.</summary>
    public Tensor TrainingLogits(long step)
    {
        using var frozen = no_grad();
        RandomStreams.ReseedDropout(config.Seed, step, microBatch: -1);
        return InOneScope(() => model.Forward(inputs_BT, training: true));
    }

    public Tensor LogitsWithoutAdapters(IReadOnlyList<ReLoRALinear> linears)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var kept = linears.Select(linear => linear.B.clone()).ToList();
        foreach (var linear in linears)
            linear.B.zero_();
        var logits = model.Forward(inputs_BT, training: false).MoveToOuterDisposeScope();
        foreach (var (linear, b) in linears.Zip(kept))
            linear.B.copy_(b);
        return logits;
    }

    /// <summary>Relative difference of the given logits from those of the same weights in 64 bits.</summary>
    public double Noise(Tensor logits)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // Against itself a 64-bit model shows no noise: take a few units of its last place instead.
        if (config.Precision == Precision.Float64)
            return Math.ScaleB(1, -49);
        using var exact = ModelFactory.CopyInFloat64(model, config);
        return RelativeDifference(logits.to(float64), exact.Forward(inputs_BT, training: false));
    }

    /// <summary>
    /// L2 norms of the loss's gradient for all A and for all B, in evaluation mode, and the linears that it does not reach at all.
    /// </summary>
    public (double A, double B, IReadOnlyList<string> Dead) Gradients(IReadOnlyList<ReLoRALinear> linears)
    {
        using var scope = NewDisposeScope();
        var logits = model.Forward(inputs_BT, training: false);
        var loss = nn.functional.cross_entropy(logits.flatten(0, 1), labels_BT.flatten());
        var factors = linears
            .SelectMany(linear => linear.TrainedFactors, (linear, factor) => (linear.Name, factor.Letter, factor.Value))
            .ToList();
        var norms = autograd
            .grad([loss], [.. factors.Select(factor => factor.Value)])
            .Select(gradient => gradient.to(float64).norm().item<double>())
            .Zip(factors, (norm, factor) => (factor.Name, factor.Letter, Norm: norm))
            .ToList();
        return (
            Together(norms.Where(factor => factor.Letter == "A").Select(factor => factor.Norm)),
            Together(norms.Where(factor => factor.Letter == "B").Select(factor => factor.Norm)),
            [.. norms.GroupBy(factor => factor.Name).Where(Silent).Select(factors => factors.Key)]
        );

        static bool Silent(IEnumerable<(string Name, string Letter, double Norm)> factors) =>
            factors.All(factor => factor.Norm == 0);
    }

    /// <summary><c>|b - a| / |a|</c>.</summary>
    public static double RelativeDifference(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var size = a.to(float64).norm().item<double>();
        return (b.to(float64) - a.to(float64)).norm().item<double>() / size;
    }

    private static double Together(IEnumerable<double> norms) => Math.Sqrt(norms.Sum(norm => norm * norm));

    private static Tensor InOneScope(Func<Tensor> forward)
    {
        using var scope = NewDisposeScope();
        return forward().MoveToOuterDisposeScope();
    }
}
