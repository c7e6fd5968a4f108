using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models;

/// <summary>What every architecture owes the rest of the lab.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<Architecture> All { get; } = [.. Enum.GetValues<Architecture>()];

    [Fact]
    public void Every_name_has_one_architecture() =>
        Assert.Equal(Enum.GetValues<Architecture>(), Architectures.All.Select(one => one.Name));

    [Fact]
    public void No_two_have_a_model_type_in_common() =>
        Assert.Distinct(
            Architectures.All.SelectMany(one => new[] { one.Folder.ModelType, one.Folder.AdaptedModelType })
        );

    [Theory]
    [MemberData(nameof(All))]
    public void Its_declared_weights_and_linears_are_those_that_it_builds(Architecture name)
    {
        foreach (var method in new[] { LowRankMethod.FullRank, LowRankMethod.ReLoRA })
        {
            var config = Config(name, method);
            using var model = ModelFactory.Create(config, CPU);

            Assert.Equal(
                ExpectedWeights
                    .Of(config.Model, config.LowRank)
                    .Select(one => $"{one.Name} {string.Join('x', one.Shape)}"),
                model.Parameters.Select(one => $"{one.Name} {string.Join('x', one.Value.shape)}")
            );
            Assert.Equal(
                Architectures.Of(config.Model).Linears(config.Model),
                model.Linears.Select(linear => linear.Name)
            );
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Names_of_files_lead_back_to_those_of_the_model(Architecture name)
    {
        var config = Config(name, LowRankMethod.ReLoRA);
        var format = Architectures.Of(config.Model).Folder;
        foreach (var (weight, _) in ExpectedWeights.Of(config.Model, config.LowRank))
        {
            Assert.Equal(weight, format.BareName(format.FileName(weight)));
            Assert.False(format.IsTable(weight), weight);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Later_tokens_change_nothing_before_them(Architecture name)
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(Config(name, LowRankMethod.FullRank), CPU);
        var ids = tensor(new long[] { 1, 2, 3, 4, 5, 6 }, [1, 6]);
        var other = tensor(new long[] { 1, 2, 3, 7, 8, 9 }, [1, 6]);

        var first = model.Forward(ids, training: false).narrow(1, 0, 3);
        var second = model.Forward(other, training: false).narrow(1, 0, 3);

        Assert.Equal(0, Golden.LargestDifference(first, second));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_copy_in_64_bits_computes_the_same(Architecture name)
    {
        using var scope = NewDisposeScope();
        var config = Config(name, LowRankMethod.ReLoRA);
        using var model = ModelFactory.Create(config, CPU);
        using var copy = ModelFactory.CopyIn(model, config, Precision.Float64);
        var ids = tensor(new long[] { 1, 2, 3, 4 }, [1, 4]);

        Golden.Near(copy.Forward(ids, training: false), model.Forward(ids, training: false), Golden.Float32Logits);
    }

    private static RunConfig Config(Architecture name, LowRankMethod method) =>
        SmallRuns.Config with
        {
            Model = SmallRuns.Config.Model with { Architecture = name, RotaryFraction = 0.5 },
            LowRank = SmallRuns.Config.LowRank with { Method = method },
        };
}
