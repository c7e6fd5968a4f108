using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Testing;
using static TorchSharp.torch;

// H: heads, T: positions, D: head width.
namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>Attention after its softmax, against one computed position by position.</summary>
public sealed class AttentionTests : IDisposable
{
    private const double Rounding = 1e-12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pico", LowRankMethod.FullRank)]
    [InlineData("pico", LowRankMethod.ReLoRA)]
    [InlineData("neox", LowRankMethod.ReLoRA)]
    public void It_sums_to_one_over_what_a_position_sees(string architecture, LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, method, architecture);
        using var source = models.Source();
        var names = source.Names(ProbeTarget.Attention);

        Assert.Equal(2, names.Count);
        foreach (var name in names)
        {
            var found = Assert.Single(source.Of(ProbeTarget.Attention, name, 3));
            var attention = found.Value();
            Assert.Equal([3, 4, 12, 12], attention.shape);
            var off = (attention.sum(-1) - ones(1, dtype: float64)).abs().max().item<double>();
            Assert.InRange(off, 0, Rounding);
            Assert.Equal(0, attention.triu(1).abs().max().item<double>());
            Assert.Equal(1, attention.select(2, 0).select(2, 0).min().item<double>());
        }
    }

    [Theory]
    [InlineData("pico")]
    [InlineData("neox")]
    public void It_is_the_softmax_of_turned_queries_and_keys(string architecture)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, LowRankMethod.FullRank, architecture);
        using var source = models.Source();
        var (inputs, _) = models.Rows.Read(1, CPU, TestContext.Current.CancellationToken).Single();

        var found = source.Of(ProbeTarget.Attention, source.Names(ProbeTarget.Attention)[0], 1)[0].Value();

        using var frozen = no_grad();
        var expected = architecture == "pico" ? Pico(models.Model, inputs) : NeoX(models.Model, inputs);
        for (var head = 0; head < 4; head++)
        for (var query = 0; query < 12; query++)
        {
            var row = expected(head, query);
            for (var key = 0; key <= query; key++)
                Assert.Equal(row[key], found[0, head, query, key].item<double>(), Rounding);
        }
    }

    /// <summary>By hand: the first block's normed inputs, their projections, each pair of numbers turned by position times frequency.</summary>
    private static Func<int, int, double[]> Pico(Decoder model, Tensor inputs)
    {
        var x = Normed(
            model.Parameters["embedding_proj.weight"].Value[inputs[0]],
            model.Parameters["layers.0.attention_norm.weight"].Value,
            null,
            model.Model.NormEpsilon
        );
        var q = Numbers(mm(x, model.Parameters["layers.0.attention.q_proj.weight"].Value.t()));
        var k = Numbers(mm(x, model.Parameters["layers.0.attention.k_proj.weight"].Value.t()));
        // Two query heads share a key head; neighbours are a pair.
        return (head, query) =>
            Softmax(
                query,
                key =>
                    Enumerable
                        .Range(0, 2)
                        .Sum(pair =>
                            Turned(
                                (q[query, (head * 4) + (2 * pair)], q[query, (head * 4) + (2 * pair) + 1]),
                                (k[key, (head / 2 * 4) + (2 * pair)], k[key, (head / 2 * 4) + (2 * pair) + 1]),
                                (query - key) * Math.Pow(model.Model.RopeTheta, -2.0 * pair / 4)
                            )
                        ) / 2
            );
    }

    /// <summary>Half of each head is turned, of which the first half pairs with the second.</summary>
    private static Func<int, int, double[]> NeoX(Decoder model, Tensor inputs)
    {
        var parameters = model.Parameters;
        var x = Normed(
            parameters["embed_in.weight"].Value[inputs[0]],
            parameters["layers.0.input_layernorm.weight"].Value,
            parameters["layers.0.input_layernorm.bias"].Value,
            model.Model.NormEpsilon
        );
        var fused = Numbers(
            mm(x, parameters["layers.0.attention.query_key_value.weight"].Value.t())
                .Plus(parameters["layers.0.attention.query_key_value.bias"].Value)
        );
        double At(int position, int head, int part, int i) => fused[position, (((head * 3) + part) * 4) + i];
        return (head, query) =>
            Softmax(
                query,
                key =>
                    (
                        Turned(
                            (At(query, head, 0, 0), At(query, head, 0, 1)),
                            (At(key, head, 1, 0), At(key, head, 1, 1)),
                            query - key
                        )
                        + (At(query, head, 0, 2) * At(key, head, 1, 2))
                        + (At(query, head, 0, 3) * At(key, head, 1, 3))
                    ) / 2
            );
    }

    private static Tensor Normed(Tensor x, Tensor weight, Tensor? bias, double epsilon)
    {
        var centred = bias is null ? x : x - x.mean([-1], keepdim: true);
        var scale = (centred * centred).mean([-1], keepdim: true).Plus(tensor(epsilon, dtype: float64)).sqrt();
        return bias is null ? centred / scale * weight : (centred / scale * weight).Plus(bias);
    }

    /// <summary>The product of two pairs, one of which is turned by an angle.</summary>
    private static double Turned((double X, double Y) q, (double X, double Y) k, double angle) =>
        (((q.X * k.X) + (q.Y * k.Y)) * Math.Cos(angle)) - (((q.Y * k.X) - (q.X * k.Y)) * Math.Sin(angle));

    private static double[] Softmax(int query, Func<int, double> score)
    {
        var powers = Enumerable.Range(0, query + 1).Select(key => Math.Exp(score(key))).ToList();
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static double[,] Numbers(Tensor matrix)
    {
        var (values, numbers) = (
            matrix.contiguous().data<double>().ToArray(),
            new double[matrix.shape[0], matrix.shape[1]]
        );
        Buffer.BlockCopy(values, 0, numbers, 0, values.Length * sizeof(double));
        return numbers;
    }
}
