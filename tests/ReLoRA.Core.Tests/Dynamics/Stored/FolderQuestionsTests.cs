using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Stored;

/// <summary>What cannot be measured of checkpoints, and what can.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class FolderQuestionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_fault_of_a_question_is_told_at_once()
    {
        Fault(
            new()
            {
                Metrics = ["ginni", "rank", "cka"],
                Of = "wieght",
                Rows = 1,
                Directions = 0,
            },
            "--of is wieght; nearest are weight,",
            "--metric is ginni; nearest are gini,",
            "--metric is rank; nearest are effective_rank, stable_rank, numerical_rank.",
            "--rows is 1; allowed: 2 to 4096",
            "--directions is 0; allowed: at least 1"
        );
        Fault(
            new() { Metrics = ["cka", "gradient_noise_scale"], Of = "weight" },
            "--of is weight, of which cka is not defined; allowed for cka: activation, last_activation.",
            "allowed for gradient_noise_scale: gradient."
        );
        Fault(
            new() { Metrics = ["cka", "update_ratio", "subspace_overlap", "attention_entropy"] },
            "cka compares with another checkpoint. Give --reference",
            "activation, of which cka is to be computed, needs rows of data for model. Give --data DATASET",
            "cumulative_update, of which update_ratio is to be computed, is counted from another checkpoint. Give --reference",
            "subspace_overlap compares with another checkpoint",
            "attention, of which attention_entropy is to be computed, needs rows of data"
        );
        Fault(new() { Metrics = ["snapshot"] }, "--metric is snapshot; nearest are");
        Fault(new() { Metrics = [] }, "No metric is given; allowed: effective_rank,");
    }

    [Fact]
    public void A_pattern_that_matches_nothing_and_a_missing_state_are_told()
    {
        using (var model = ModelFactory.Create(SmallRuns.Config, CPU))
            ModelFolder.Save(folder.File("model"), SmallRuns.Config, model);
        var folders = ProbedFolders.Find(folder.File("model"));

        MeasureFault(
            folders,
            new() { Layers = "*.attn.q_proj" },
            "model: --on is \"*.attn.q_proj\", which matches no linear; allowed: a pattern over names from layers.0.attention.q_proj",
            "nearest are ",
            "*.attention.q_proj"
        );
        MeasureFault(
            folders,
            new() { Of = "ov_circuit", Layers = "*.q_proj" },
            "which matches no attention layer or head",
            "layers.0.attention"
        );
        MeasureFault(
            folders,
            new() { Of = "first_moment" },
            "model has no optimizer.safetensors, which AdamW's moments are in"
        );
    }

    [Fact]
    public void A_reference_of_another_shape_and_data_of_another_tokenizer_are_told()
    {
        var wide = SmallRuns.Config with { Model = SmallRuns.Config.Model with { HiddenWidth = 32 } };
        var deep = SmallRuns.Config with { Model = SmallRuns.Config.Model with { Layers = 3 } };
        var few = SmallRuns.Config with { Model = SmallRuns.Config.Model with { VocabularySize = 16 } };
        var small = SmallRuns.Config with { Model = SmallRuns.Config.Model with { MaxSequenceLength = 8 } };
        foreach (
            var (name, config) in new[]
            {
                ("model", SmallRuns.Config),
                ("wide", wide),
                ("deep", deep),
                ("few", few),
                ("short", small),
            }
        )
        {
            using var model = ModelFactory.Create(config, CPU);
            ModelFolder.Save(folder.File(name), config, model);
        }
        SmallRuns.Cell(folder, SmallRuns.Config);
        var data = folder.File("data", "train");
        IReadOnlyList<ProbedFolder> Folders(string name) => ProbedFolders.Find(folder.File(name));

        foreach (var metric in new[] { "subspace_overlap", "update_ratio" })
        {
            MeasureFault(
                Folders("model"),
                new() { Metrics = [metric], Reference = folder.File("wide") },
                "model: layers.0.swiglu.w_0 is [24, 16], and [32, 16] in the reference. Compare models of one shape."
            );
            MeasureFault(
                Folders("deep"),
                new() { Metrics = [metric], Reference = folder.File("model") },
                "has no layers.2.attention.q_proj"
            );
        }
        MeasureFault(
            Folders("few"),
            new() { Of = "gradient", Data = data },
            "has ids of 32 tokens; the model in",
            "few has 16. Give"
        );
        MeasureFault(
            Folders("short"),
            new() { Of = "activation", Data = data },
            "has rows of 12 positions, of which 12 are measured; the model in",
            "short takes 8. Give"
        );
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.Config);
        SmallRuns.Work(cell);
        var last = ProbedFolders.Find(cell.Path)[^1];
        using (var file = File.OpenWrite(Path.Combine(last.Path, "model.safetensors")))
        {
            file.Seek(-2, SeekOrigin.End);
            file.WriteByte(0x55);
        }

        Assert.Throws<Core.Checkpoints.CheckpointException>(() => Measure([last], new()));
    }

    [Fact]
    public void Each_metric_and_target_has_its_line()
    {
        Assert.Equal(FolderQuestions.Metrics.Select(metric => metric.Name), MetricList.Metrics.Select(one => one.Name));
        Assert.All(MetricList.Metrics, one => Assert.NotEmpty(one.Formula));
        Assert.Equal(TargetKinds.All.Select(SnakeCase.Of), MetricList.Targets.Select(one => one.Name));
        Assert.Equal("--reference --data", MetricList.Metrics.Single(one => one.Name == "cka").Needs);
    }

    private static void Measure(IReadOnlyList<ProbedFolder> folders, FolderProbeOptions options)
    {
        using var probe = new FolderProbe(options, folders);
        foreach (var checkpoint in folders)
            Assert.NotEmpty(probe.Measure(checkpoint));
    }

    private static void MeasureFault(
        IReadOnlyList<ProbedFolder> folders,
        FolderProbeOptions options,
        params string[] parts
    )
    {
        var fault = Assert.Throws<UserFaultException>(() => Measure(folders, options));
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    private static void Fault(FolderProbeOptions options, params string[] parts)
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            FolderQuestions.Of(options, [new ProbedFolder("model", 1)])
        );
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }
}
