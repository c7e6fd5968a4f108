using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

// T: positions, W: width.
namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>What a linear gives on rows of data.</summary>
public sealed class ActivationTests : IDisposable
{
    private const double Rounding = 1e-12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pico", LowRankMethod.FullRank)]
    [InlineData("pico", LowRankMethod.ReLoRA)]
    [InlineData("pico", LowRankMethod.LowRank)]
    [InlineData("neox", LowRankMethod.FullRank)]
    [InlineData("neox", LowRankMethod.ReLoRA)]
    public void They_are_the_models_own(string architecture, LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        using var models = new MeasuredModels(folder, method, architecture);
        using var source = models.Source();

        // The same model once more, of linears that tell what they were given and gave.
        var seen = new Dictionary<string, List<Tensor>>();
        using var telling = Architectures
            .Of(models.Config.Model)
            .Create(models.Config.Model, new BlankWeights(float64), new Telling(models.Config, seen), CPU);
        using (no_grad())
        {
            foreach (var parameter in models.Model.Parameters)
                telling.Parameters[parameter.Name].Value.copy_(parameter.Value);
            foreach (var (inputs, _) in models.Rows.Read(3, CPU, TestContext.Current.CancellationToken))
                telling.Forward(inputs, training: false);
        }

        Assert.Equal(models.Model.Linears.Select(linear => linear.Name), seen.Keys);
        foreach (var (name, outputs) in seen)
        {
            var all = Assert.Single(source.Of(ProbeTarget.Activation, name, 3)).Value();
            var last = Assert.Single(source.Of(ProbeTarget.LastActivation, name, 3)).Value();
            MeasuredModels.AssertNear(cat([.. outputs.Select(one => one.flatten(0, 1))]), all, Rounding);
            MeasuredModels.AssertNear(cat([.. outputs.Select(one => one.select(1, 11))]), last, Rounding);
        }
    }

    [Fact]
    public void Without_rows_there_are_none()
    {
        using var models = new MeasuredModels(folder, LowRankMethod.FullRank);
        using var source = new Core.Dynamics.Measured.ModelSource(
            models.Model,
            new Core.Dynamics.Measured.Surroundings()
        );
        var fault = Assert.Throws<UserFaultException>(() =>
            source.Of(ProbeTarget.Activation, "layers.0.attention.q_proj", 2)[0].Value()
        );
        Assert.Contains("rows of data", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Telling(RunConfig config, Dictionary<string, List<Tensor>> seen) : ILinearFactory
    {
        private readonly ILinearFactory inner = ModelFactory.Linears(config);

        public DecoderLinear Create(string name, Tensor weight, ParameterSet parameters) =>
            new TellingLinear(inner.Create(name, weight, parameters), seen);
    }

    private sealed class TellingLinear(DecoderLinear inner, Dictionary<string, List<Tensor>> seen)
        : DecoderLinear(inner.Name)
    {
        public override ScalarType Type => inner.Type;

        public override Tensor EffectiveWeight() => inner.EffectiveWeight();

        public override Tensor Forward(Tensor x, bool training)
        {
            var y = inner.Forward(x, training);
            if (!seen.TryGetValue(Name, out var outputs))
                seen.Add(Name, outputs = []);
            outputs.Add(y.clone().MoveToOuterDisposeScope());
            return y;
        }
    }
}
