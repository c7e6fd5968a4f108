using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class ModelFolderSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Generate_tells_the_trained_models_story()
    {
        var model = SharedData.Require("data", "models", "stories260k");

        var result = Relora.Run(folder, "generate", model, "--tokens", "60");

        result.ShouldSucceed();
        Assert.StartsWith(
            "Once upon a time, there was a little girl named Lily. She loved to play outside in the park.",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Logprobs_prints_one_value_for_each_id_after_the_first()
    {
        var model = SharedData.Require("data", "models", "stories260k");
        File.WriteAllText(folder.File("ids.json"), "[[1, 403, 407, 261], [1], []]");

        var result = ReloraInProcess.Run(folder, "logprobs", model, "--ids", "ids.json", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var sequences = json.RootElement.GetProperty("sequences").EnumerateArray().ToList();
        Assert.Equal([3, 0, 0], sequences.Select(one => one.GetProperty("token_logprobs").GetArrayLength()));
        Assert.All(
            sequences[0].GetProperty("token_logprobs").EnumerateArray(),
            one => Assert.InRange(one.GetDouble(), -30, 0)
        );
    }

    [Theory]
    [InlineData("--precision", "Float64")]
    [InlineData("--cache")]
    public void Logprobs_of_a_GPT_NeoX_folder_are_those_of_an_independent_implementation(params string[] options)
    {
        // The longest recorded sequence; values by tools/neox-reference.
        var model = Repository.PathOf("tests", "ReLoRA.Core.Tests", "Fixtures", "neox", "parallel");
        double[] expected =
        [
            -3.656913,
            -3.341907,
            -2.04128,
            -1.416298,
            -4.870281,
            -3.702136,
            -2.908112,
            -2.499225,
            -2.49169,
        ];
        File.WriteAllText(folder.File("ids.json"), "[[0, 2, 22, 24, 5, 18, 22, 24, 17, 17]]");

        var result = ReloraInProcess.Run(folder, ["logprobs", model, "--ids", "ids.json", "--json", .. options]);

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var values = json.RootElement.GetProperty("sequences")[0].GetProperty("token_logprobs").EnumerateArray();
        Assert.All(
            expected.Zip(values, (wanted, found) => found.GetDouble() - wanted),
            difference => Assert.InRange(difference, -1e-5, 1e-5)
        );
    }

    [Fact]
    public void Generate_goes_on_with_a_GPT_NeoX_folder_that_has_a_tokenizer()
    {
        using (var model = ModelFactory.Create(Presets.NanoNeoX, CPU))
            ModelFolder.Save(folder.File("model"), Presets.NanoNeoX, model);
        File.Copy(Repository.PathOf("datasets", "english", "tokenizer.json"), folder.File("model", "tokenizer.json"));

        var result = ReloraInProcess.Run(folder, "generate", "model", "--prompt", "The cat", "--tokens", "4", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        // What an untrained model says is noise, but it says it after the prompt.
        Assert.Equal(4, json.RootElement.GetProperty("ids").GetArrayLength());
        Assert.Contains("The cat", json.RootElement.GetProperty("text").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_extra_and_misshaped_tensors_and_foreign_architectures_are_messages()
    {
        var model = SharedData.Require("data", "models", "stories260k");
        File.WriteAllText(folder.File("ids.json"), "[[1, 2]]");
        foreach (var name in new[] { "other", "foreign" })
        {
            Directory.CreateDirectory(folder.File(name));
            File.Copy(Path.Combine(model, "model.safetensors"), folder.File(name, "model.safetensors"));
        }
        var config = File.ReadAllText(Path.Combine(model, "config.json"));
        var node = System.Text.Json.Nodes.JsonNode.Parse(config)!.AsObject();
        var (layers, hidden) = ((int)node["n_layers"]!, (int)node["activation_hidden_dim"]!);
        // One layer's hidden width differs in the file, and the last layer is too many there.
        node["activation_hidden_dim"] = hidden + 1;
        node["n_layers"] = layers - 1;
        File.WriteAllText(folder.File("other", "config.json"), node.ToJsonString());
        node["n_layers"] = layers + 1;
        node["model_type"] = "llama";
        File.WriteAllText(folder.File("foreign", "config.json"), node.ToJsonString());

        ReloraInProcess
            .Run(folder, "logprobs", "other", "--ids", "ids.json")
            .ShouldBeFault(
                $"layers.{layers - 1}.attention.q_proj.weight",
                "is not of the model",
                $"by config.json it is [{hidden + 1}, "
            );
        ReloraInProcess
            .Run(folder, "logprobs", "foreign", "--ids", "ids.json")
            .ShouldBeFault("model_type is llama; allowed: pico_decoder");
        node["model_type"] = "pico_decoder";
        File.WriteAllText(folder.File("foreign", "config.json"), node.ToJsonString());
        ReloraInProcess
            .Run(folder, "logprobs", "foreign", "--ids", "ids.json")
            .ShouldBeFault($"layers.{layers}.attention.q_proj.weight", "is missing", "has the shape");
    }

    [Fact]
    public void Faults_of_ids_and_models_are_messages()
    {
        var model = SharedData.Require("data", "models", "stories260k");
        File.WriteAllText(folder.File("ids.json"), "[[1, 512]]");
        File.WriteAllText(folder.File("no-ids.json"), "[1, 2]");
        Directory.CreateDirectory(folder.File("damaged"));
        File.Copy(Path.Combine(model, "config.json"), folder.File("damaged", "config.json"));
        File.WriteAllText(folder.File("damaged", "model.safetensors"), "PK, as PyTorch's own files begin");

        ReloraInProcess.Run(folder, "logprobs", model, "--ids", "ids.json").ShouldBeFault("id 512", "0 to 511");
        ReloraInProcess
            .Run(folder, "logprobs", model, "--ids", "no-ids.json")
            .ShouldBeFault("no-ids.json", "array of arrays");
        ReloraInProcess
            .Run(folder, "logprobs", "absent", "--ids", "ids.json")
            .ShouldBeFault("absent", "no such folder");
        ReloraInProcess
            .Run(folder, "logprobs", "damaged", "--ids", "ids.json")
            .ShouldBeFault("model.safetensors", "Give a safetensors file");
        ReloraInProcess.Run(folder, "generate", model, "--tokens", "-1").ShouldBeFault("--tokens is -1", "0 to");
        ReloraInProcess.Run(folder, "generate", model, "--tokens", "many").ShouldBeFault("--tokens", "many");
        ReloraInProcess.Run(folder, "generate", model, "--temperature", "NaN").ShouldBeFault("--temperature is NaN");
    }
}
