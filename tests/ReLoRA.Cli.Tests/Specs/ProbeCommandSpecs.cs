using System.Globalization;
using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class ProbeCommandSpecs : IDisposable
{
    private static readonly string Train = Repository.PathOf("datasets", "english", "train");
    private static readonly string Published = Repository.PathOf("tests", "Fixtures", "pickle");

    private readonly TemporaryFolder folder = new();

    public ProbeCommandSpecs()
    {
        Save("model", Presets.Nano);
        Save("wide", Presets.Nano with { Model = Presets.Nano.Model with { HiddenWidth = 96 } });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void The_figures_of_a_runs_checkpoints_are_those_of_its_log()
    {
        const string probes = """
            start = start with
            {
                Probes =
                [
                    new ProbeConfig { Every = 10 },
                    new ProbeConfig { Every = 10, Metric = ProbeMetric.ConditionNumber, Of = ProbeTarget.Adapter },
                    new ProbeConfig { Every = 10, Metric = ProbeMetric.SingularValues, Of = ProbeTarget.FirstMoment },
                    new ProbeConfig { Every = 10, Metric = ProbeMetric.FrobeniusNorm, Of = ProbeTarget.Gradient, Rows = 3 },
                    new ProbeConfig { Every = 10, Metric = ProbeMetric.Anisotropy, Of = ProbeTarget.Activation, Rows = 3 },
                    new ProbeConfig { Every = 10, Metric = ProbeMetric.AttentionEntropy, Of = ProbeTarget.Attention, Rows = 3 },
                ]
            };
            """;
        Relora.Run(folder, "run", SmallSweep.Write(folder, probes, steps: 40), "--threads", "1").ShouldSucceed();

        foreach (var cell in SmallSweep.Runs(folder).Cells())
        {
            var logged = RunLogReader.Read(cell.LogPath).Records<ProbeRecord>().ToList();
            foreach (var name in logged.Select(record => (record.Metric, record.Of)).Distinct())
            {
                var result = Probe(
                    cell.Path,
                    [
                        "--metric",
                        name.Metric,
                        "--of",
                        name.Of,
                        "--data",
                        Train,
                        "--rows",
                        "3",
                        "--threads",
                        "1",
                        "--json",
                    ]
                );

                result.ShouldSucceed();
                using var json = JsonDocument.Parse(result.Output);
                var checkpoints = json.RootElement.GetProperty("checkpoints").EnumerateArray().ToList();
                Assert.Equal([30, 40], checkpoints.Select(one => one.GetProperty("step").GetInt64()));
                foreach (var checkpoint in checkpoints)
                {
                    var record = logged.Single(one =>
                        (one.Metric, one.Of, one.Moment, one.Step)
                        == (name.Metric, name.Of, "step", checkpoint.GetProperty("step").GetInt64())
                    );
                    Assert.Equal(
                        record.Values.Select(value => (value.Layer, Text(value.Value), value.Finding)),
                        checkpoint
                            .GetProperty("figures")
                            .EnumerateArray()
                            .Select(one =>
                                (
                                    one.GetProperty("layer").GetString()!,
                                    Text(one.GetProperty("value")),
                                    one.TryGetProperty("finding", out var finding) ? finding.GetString()! : ""
                                )
                            )
                    );
                }
            }
        }
    }

    [Fact]
    public void JSON_names_checkpoint_metric_target_layer_and_what_is_found()
    {
        var result = Probe(
            "model",
            "--metric",
            "update_ratio",
            "subspace_overlap",
            "--metric=principal_angles,singular_values",
            "--reference",
            "model",
            "--directions",
            "2",
            "--on",
            "layers.0.attention.*",
            "--json"
        );

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("model", json.RootElement.GetProperty("reference").GetString());
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
        var checkpoint = Assert.Single(json.RootElement.GetProperty("checkpoints").EnumerateArray());
        Assert.Equal("model", checkpoint.GetProperty("checkpoint").GetString());
        Assert.False(checkpoint.TryGetProperty("step", out _));
        var figures = checkpoint.GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal(16, figures.Count);
        Assert.Equal(
            ["update_ratio", "subspace_overlap", "principal_angles", "singular_values"],
            figures.Select(one => one.GetProperty("metric").GetString()).Distinct()
        );
        Assert.Equal("cumulative_update", figures[0].GetProperty("of").GetString());
        Assert.Equal("layers.0.attention.q_proj", figures[0].GetProperty("layer").GetString());
        Assert.Equal(0, figures[0].GetProperty("value").GetDouble());
        Assert.Equal(2, figures[8].GetProperty("vector").GetArrayLength());
    }

    [Fact]
    public void CSV_has_a_line_a_figure_with_every_digit()
    {
        var csv = Probe(
            "model",
            "--metric",
            "condition_number",
            "singular_values",
            "--on",
            "*.0.attention.k_proj",
            "--csv"
        );
        var json = Probe(
            "model",
            "--metric",
            "condition_number",
            "singular_values",
            "--on",
            "*.0.attention.k_proj",
            "--json"
        );

        csv.ShouldSucceed();
        var lines = csv.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToList();
        using var figures = JsonDocument.Parse(json.Output);
        var found = figures.RootElement.GetProperty("checkpoints")[0].GetProperty("figures");
        Assert.Equal(
            ["checkpoint", "step", "layer", "metric", "of", "value", "finding", "vector", "columns"],
            lines[0]
        );
        Assert.Equal(3, lines.Count);
        Assert.Equal(["model", "", "layers.0.attention.k_proj", "condition_number", "weight"], lines[1][..5]);
        Assert.Equal(
            found[0].GetProperty("value").GetDouble(),
            double.Parse(lines[1][5], CultureInfo.InvariantCulture)
        );
        Assert.Equal(
            found[1].GetProperty("vector").EnumerateArray().Select(one => one.GetDouble()),
            lines[2][7].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void Steps_of_one_run_stand_in_a_table_and_what_is_odd_is_marked()
    {
        Save("run/checkpoints/step_0", Presets.Nano);
        Save("run/checkpoints/step_20", Presets.Nano with { Seed = 2 });

        var result = Probe(
            "run",
            "--reference",
            "run/checkpoints/step_0",
            "--of",
            "cumulative_update",
            "--on",
            "*.0.attention.q_proj"
        );

        result.ShouldSucceed();
        var lines = result.Output.Split('\n');
        Assert.Contains("Checkpoints, compared with run/checkpoints/step_0", lines);
        Assert.Matches(
            "^step_0 +layers.0.attention.q_proj  effective_rank +cumulative_update  +NaN +zero matrix$",
            lines[4]
        );
        Assert.Matches(
            @"^step_20 +layers.0.attention.q_proj  effective_rank +cumulative_update  +0\.[0-9]+$",
            lines[6]
        );
        Assert.Contains(lines, line => line.StartsWith("finding: why", StringComparison.Ordinal));
    }

    [Fact]
    public void Published_learning_dynamics_are_measured_too()
    {
        var decoder = Path.Combine(Published, "decoder");
        var relora = Path.Combine(Published, "relora");

        var gradients = Probe(decoder, "--metric", "effective_rank", "gini", "--of", "gradient", "--json");
        var val = Probe(decoder, "--published", "val", "--of", "last_activation", "--json");

        gradients.ShouldSucceed();
        using (var json = JsonDocument.Parse(gradients.Output))
        {
            var checkpoint = json.RootElement.GetProperty("checkpoints")[0];
            Assert.Equal("train", checkpoint.GetProperty("published").GetString());
            Assert.Equal(12, checkpoint.GetProperty("figures").GetArrayLength());
        }
        val.ShouldSucceed();
        Assert.Contains("\"published\": \"val\"", val.Output, StringComparison.Ordinal);
        Probe(relora, "--metric", "gini", "--of", "adapter_b").ShouldSucceed();
        Probe(relora).ShouldBeFault("nothing says its scale alpha / r", "config.json", "frozen_weight");
        Probe(relora, "--of", "gradient").ShouldBeFault("has no train_gradients.pt", "it has train_weights.pt");
        Probe(relora, "--of", "ov_circuit").ShouldBeFault("and no ov_circuit. Measure the checkpoint's own weights");
    }

    [Fact]
    public void Bad_input_is_one_message()
    {
        Probe("model", "--metric", "efective_rank").ShouldBeFault("--metric is efective_rank", "effective_rank");
        Probe("model", "--of", "moment").ShouldBeFault("--of is moment", "first_moment, second_moment");
        Probe("model", "--metric", "cka", "--of", "weight")
            .ShouldBeFault("cka is not defined", "activation, last_activation");
        Probe("model", "--on", "*.q_prj").ShouldBeFault("--on is \"*.q_prj\"", "*.attention.q_proj");
        Probe("model", "--metric", "cka", "--data", Train).ShouldBeFault("cka compares", "--reference");
        Probe("model", "--metric", "update_ratio").ShouldBeFault("cumulative_update", "--reference");
        Probe("model", "--metric", "subspace_overlap", "--reference", "wide")
            .ShouldBeFault("and [96, 64] in the reference");
        Probe("model", "--of", "gradient").ShouldBeFault("--data DATASET");
        Probe("model", "--of", "gradient", "--data", "absent").ShouldBeFault("absent");
        Probe("model", "--of", "first_moment").ShouldBeFault("has no optimizer.safetensors");
        Probe("model", "--published", "train").ShouldBeFault("looked for learning_dynamics with train_weights.pt");
        Probe("absent").ShouldBeFault("absent: no such folder");
        Probe("model/config.json").ShouldBeFault("model/config.json is a file");
        Probe(".").ShouldBeFault(". is no checkpoint and has none: looked for config.json", "found model, wide");
        Probe("model", "--rows", "1").ShouldBeFault("--rows is 1");
        Probe("model", "--rows", "5000").ShouldBeFault("--rows is 5000; allowed: 2 to 4096");
        Probe("model", "--json", "--csv").ShouldBeFault("--json and --csv");
        Probe("--metric", "gini").ShouldBeFault("No checkpoint is given");
        Probe("--metric", "gini", "model").ShouldBeFault("model stands after --metric", "relora probe model --metric");
        Probe("model", "--side", "up").ShouldBeFault("--side");
    }

    [Fact]
    public void Help_has_examples_and_a_list_has_formulas()
    {
        var help = Probe("--help");
        var list = Probe("--metric", "list");

        help.ShouldSucceed();
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Contains("relora probe runs/cells/", help.Output, StringComparison.Ordinal);
        Assert.Contains("--published <train|val>", help.Output, StringComparison.Ordinal);
        list.ShouldSucceed();
        Assert.Contains("sum sigma^2 / sigma_1^2", list.Output, StringComparison.Ordinal);
        Assert.Contains("cumulative_update", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_it_with_what_there_is()
    {
        using var command = Relora.Start(
            folder,
            ["probe", "model", "--metric", "gini", "--of", "gradient", "--data", Train, "--rows", "4096", "--json"]
        );
        // Libtorch is loaded once the weights are.
        var maps = $"/proc/{command.Id}/maps";
        SpinWait.SpinUntil(
            () => command.HasExited || File.ReadAllText(maps).Contains("libtorch_cpu", StringComparison.Ordinal),
            TimeSpan.FromMinutes(1)
        );
        Thread.Sleep(1000);
        command.Signal("INT");

        var result = command.Wait();

        Assert.Equal(130, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("complete").GetBoolean());
        Assert.Contains("Stopped", result.Errors, StringComparison.Ordinal);
    }

    private ReloraResult Probe(string first, params string[] rest) =>
        ReloraInProcess.Run(folder, ["probe", first, .. rest]);

    private void Save(string name, RunConfig config)
    {
        using var model = ModelFactory.Create(config, CPU);
        ModelFolder.Save(folder.File(name), config, model);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : Text(value.GetDouble());
}
