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

    /// <summary>
    /// Relative difference of the given logits from those of the same weights in 64 bits. There is nothing more exact to hold 64 bits
    /// against; rounding is in proportion to the unit of the last place, so theirs is that of 32 bits, 2^29 times smaller. It is one draw
    /// of another arithmetic, and where that was lucky a few units of the last place are taken: no pass has less.
    /// </summary>
    public double Noise(Tensor logits)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var isExact = config.Precision == Precision.Float64;
        using var other = ModelFactory.CopyIn(model, config, isExact ? Precision.Float32 : Precision.Float64);
        var difference = RelativeDifference(logits, other.Forward(inputs_BT, training: false));
        return isExact ? Math.Max(Math.ScaleB(difference, -29), Math.ScaleB(1, -49)) : difference;
    }

    /// <summary>
    /// L2 norms of the loss's gradient for all A and for all B, in evaluation mode, and the linears whose adapters it does not reach
    /// although it reaches their weight: behind a saturated softmax nothing learns, and that is no reset's doing.
    /// </summary>
    public (double A, double B, IReadOnlyList<string> Dead) Gradients(IReadOnlyList<ReLoRALinear> linears)
    {
        using var scope = NewDisposeScope();
        var loss = Loss();
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
            Unreached([.. norms.GroupBy(factor => factor.Name).Where(Silent).Select(factors => factors.Key)], linears)
        );

        static bool Silent(IEnumerable<(string Name, string Letter, double Norm)> factors) =>
            factors.All(factor => factor.Norm == 0);
    }

    private List<string> Unreached(HashSet<string> silent, IReadOnlyList<ReLoRALinear> linears)
    {
        if (silent.Count == 0)
            return [];
        var candidates = linears.Where(linear => silent.Contains(linear.Name)).ToList();
        foreach (var linear in candidates)
            linear.Weight.requires_grad_(true);
        try
        {
            var gradients = autograd.grad([Loss()], [.. candidates.Select(linear => linear.Weight)]);
            return
            [
                .. candidates
                    .Zip(gradients)
                    .Where(pair => pair.Second.count_nonzero().item<long>() > 0)
                    .Select(pair => pair.First.Name),
            ];
        }
        finally
        {
            foreach (var linear in candidates)
                linear.Weight.requires_grad_(false);
        }
    }

    private Tensor Loss() =>
        nn.functional.cross_entropy(Wide(model.Forward(inputs_BT, training: false)).flatten(0, 1), labels_BT.flatten());

    private static Tensor Wide(Tensor logits) => logits.to(logits.dtype.Wide());

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
