using ReLoRA.Core.Configuration;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>Circuits of heads against products of slices of the weights.</summary>
public sealed class HeadCircuitTests : IDisposable
{
    private const double Rounding = 1e-13;
    private const int Width = 4;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(LowRankMethod.FullRank)]
    [InlineData(LowRankMethod.ReLoRA)]
    [InlineData(LowRankMethod.LowRank)]
    public void They_are_products_of_the_heads_slices(LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, method);
        var weights = models.Model.Linears.ToDictionary(linear => linear.Name, linear => linear.EffectiveWeight());

        AssertCircuits(
            models,
            (layer, head) =>
                (
                    Rows(weights[$"{layer}.q_proj"], head),
                    // Two heads share one of keys and values.
                    Rows(weights[$"{layer}.k_proj"], head / 2),
                    Rows(weights[$"{layer}.v_proj"], head / 2),
                    weights[$"{layer}.o_proj"].narrow(1, head * Width, Width)
                )
        );
    }

    [Fact]
    public void Those_of_GPT_NeoX_come_from_the_fused_linear()
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.ReLoRA, "neox");
        var weights = models.Model.Linears.ToDictionary(linear => linear.Name, linear => linear.EffectiveWeight());

        AssertCircuits(
            models,
            (layer, head) =>
                (
                    Rows(weights[$"{layer}.query_key_value"], 3 * head),
                    Rows(weights[$"{layer}.query_key_value"], (3 * head) + 1),
                    Rows(weights[$"{layer}.query_key_value"], (3 * head) + 2),
                    weights[$"{layer}.dense"].narrow(1, head * Width, Width)
                )
        );
    }

    private static Tensor Rows(Tensor weight, int head) => weight.narrow(0, head * Width, Width);

    private static void AssertCircuits(
        MeasuredModels models,
        Func<string, int, (Tensor Q, Tensor K, Tensor V, Tensor O)> slices
    )
    {
        using var source = models.Source();
        foreach (var layer in source.Names(ProbeTarget.OvCircuit))
        {
            Check(ProbeTarget.OvCircuit, "ov", one => mm(one.O, one.V), hasWhole: false);
            Check(ProbeTarget.OvCircuitPublished, "ov", one => mm(one.V, one.O), hasWhole: true);
            Check(ProbeTarget.QkCircuit, "qk", one => mm(one.Q.t(), one.K), hasWhole: false);
            Check(ProbeTarget.QkCircuitPublished, "qk", one => mm(one.Q, one.K.t()), hasWhole: true);

            void Check(
                ProbeTarget target,
                string circuit,
                Func<(Tensor Q, Tensor K, Tensor V, Tensor O), Tensor> product,
                bool hasWhole
            )
            {
                var found = source.Of(target, layer, 0);
                var expected = Enumerable.Range(0, 4).Select(head => product(slices(layer, head))).ToList();
                Assert.Equal(
                    Enumerable
                        .Range(0, 4)
                        .Select(head => $"{layer}.{circuit}.head_{head}")
                        .Concat(hasWhole ? [$"{layer}.{circuit}"] : []),
                    found.Select(one => one.Name)
                );
                foreach (var (one, wanted) in found.Zip(hasWhole ? expected.Append(cat([.. expected], 1)) : expected))
                {
                    MeasuredModels.AssertNear(wanted, one.Value(), Rounding);
                    // Singular values come from the factors, not from the product.
                    var values = linalg.svdvals(wanted).data<double>().ToArray();
                    Assert.Equal(values.Length, one.Spectrum.Values.Count);
                    foreach (var (value, own) in values.Zip(one.Spectrum.Values))
                        Assert.Equal(value, own, 1e-12 * values[0]);
                }
            }
        }
    }
}
