using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Optimization;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Dynamics.Measured;

/// <summary>Every target leaves as many tensors alive as it found once its source is disposed.</summary>
public sealed class SourceLeakTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<LowRankMethod, ProbeTarget> Targets { get; } =
        new(
            from method in new[] { LowRankMethod.FullRank, LowRankMethod.ReLoRA, LowRankMethod.LowRank }
            from target in Enum.GetValues<ProbeTarget>()
            select (method, target)
        );

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_tensor_is_left(LowRankMethod method, ProbeTarget target)
    {
        using var models = new MeasuredModels(folder, method);
        using var optimizer = new AdamW(models.Model.Parameters, models.Config.Optimizer);
        using var initial = new InitialWeights(models.Config, "");
        using var before = new WeightsBefore();
        before.Keep(models.Model);
        var around = new Surroundings
        {
            Initial = name => initial[name],
            BeforeStep = before.Of,
            Moments = name =>
                models.Model.Parameters[name].IsTrainable
                    ? optimizer.MomentsOf(models.Model.Parameters[name].Value)
                    : null,
            Rows = models.Rows,
        };
        var metrics = MetricCatalogue.All.Where(one => one.Targets.Contains(target));
        void Measure()
        {
            using var source = new ModelSource(models.Model, around);
            foreach (var metric in metrics)
                Measurement.Of(
                    new ProbeConfig
                    {
                        Metric = metric.Metric,
                        Of = target,
                        Rows = 2,
                    },
                    source,
                    () => source
                );
        }

        // Numbers that live for the process are made at the first call, and so is the initial model.
        Measure();
        var live = LiveTensors.Count;
        Measure();

        Assert.Equal(live, LiveTensors.Count);
    }
}
