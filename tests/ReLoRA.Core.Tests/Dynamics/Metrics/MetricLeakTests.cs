using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Every metric leaves as many tensors alive as it found, with a figure and with a finding.</summary>
public sealed class MetricLeakTests
{
    public static TheoryData<string> Names => [.. All.Keys.Order(StringComparer.Ordinal)];

    private static IReadOnlyDictionary<string, Action<Tensor, Tensor>> All { get; } =
        new Dictionary<string, Action<Tensor, Tensor>>(StringComparer.Ordinal)
        {
            ["spectrum"] = (x, _) => Spectrum.OfStored(x),
            ["spectrum, rounded"] = (x, _) => Spectrum.OfRounded(x, 1e-3),
            ["gini"] = (x, _) => Gini.Of(x),
            ["hoyer"] = (x, _) => Hoyer.Of(x),
            ["norms"] = (x, _) => (Norms.Frobenius(x), Norms.Max(x)).ToString(),
            ["cka"] = (x, y) => Cka.Of(x, y),
            ["cka, debiased"] = (x, y) => Cka.Of(x, y, CkaEstimator.Debiased),
            ["cca"] = (x, y) => CanonicalCorrelations.Of(x, y),
            ["pwcca"] = (x, y) => Pwcca.Of(x, y),
            ["pwcca, published"] = (x, y) => Pwcca.Of(x, y, PwccaWeights.Published),
            ["svcca"] = (x, y) => Svcca.Of(x, y),
            ["subspace overlap"] = (x, y) => SubspaceOverlap.Of(x, y, 2, SingularSide.Left),
            ["update ratio"] = (x, y) => UpdateRatio.Of(x, y, 0),
            ["gradient noise"] = (x, y) => GradientNoiseScale.Of([x, y], 2),
            ["anisotropy"] = (x, _) => Anisotropy.Of(x),
            ["attention entropy"] = (_, _) =>
            {
                using var attention = full([1, 1, 3, 2], LivingScalar.Of(0.5));
                AttentionEntropy.Of(attention);
                AttentionEntropy.Share(attention, isCausal: true);
            },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left(string name)
    {
        using var x = Matrices.Gaussian(12, 4);
        using var y = Matrices.Gaussian(12, 4, 2);
        using var zero = zeros(12, 4);
        void Measure()
        {
            All[name](x, y);
            All[name](zero, y);
        }

        // Numbers that live for the process are made at the first call.
        Measure();
        var before = LiveTensors.Count;
        Measure();
        Assert.Equal(before, LiveTensors.Count);
    }
}
