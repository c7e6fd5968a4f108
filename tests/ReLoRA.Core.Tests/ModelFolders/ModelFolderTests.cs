using System.Text.Json.Nodes;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.ModelFolders;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("weights_f32.safetensors")]
    [InlineData("weights_hf_f32.safetensors")]
    public void The_published_weights_load_with_and_without_their_prefix(string weights)
    {
        using var scope = NewDisposeScope();
        Publish(SharedData.Require("golden", "decoder", "main", weights), "main");
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float64, CPU);
        var ids = Golden.Tensors("decoder", "main", "batches.safetensors")["main.input_ids"];
        var expected = Golden.Tensors("decoder", "main", "outputs_f64.safetensors")["main.logits"];

        Golden.Near(expected, loaded.Decoder.Forward(ids, training: false), Golden.Float64);
    }

    [Fact]
    public void A_ReLoRA_model_loads_with_its_adapters_and_computes_what_the_published_code_does()
    {
        using var scope = NewDisposeScope();
        var config = Golden.Json("relora", "variants.json")["config"]!.AsObject();
        config["model_type"] = "pico_relora_decoder";
        File.WriteAllText(folder.File("config.json"), config.ToJsonString());
        var weights = Golden.Tensors("decoder", "main", "weights_f32.safetensors");
        var adapters = Golden.Tensors("relora", "keep", "ab_f32.safetensors");
        SafetensorsFile.Write(
            folder.File("model.safetensors"),
            [.. weights.Concat(adapters).Select(entry => ($"pico_decoder.model.{entry.Key}", entry.Value))]
        );
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float64, CPU);
        var ids = Golden.Tensors("relora", "batch.safetensors")["input_ids"];
        var expected = Golden.Tensors("relora", "keep", "outputs_f64.safetensors")["logits_ab"];

        Golden.Near(expected, loaded.Decoder.Forward(ids, training: false), Golden.Float64);
    }

    [Fact]
    public void A_saved_ReLoRA_model_has_the_names_and_order_of_the_published_export()
    {
        var published = Golden.Json("relora", "variants.json");
        var config = new RunConfig
        {
            Model = Golden.Model("main"),
            LowRank = new LowRankConfig
            {
                Method = LowRankMethod.ReLoRA,
                Rank = 4,
                Alpha = 8,
            },
        };
        using var model = ModelFactory.Create(config, CPU);
        ModelFolder.Save(folder.Path, config, model);
        using var reader = SafetensorsReader.Open(folder.File("model.safetensors"));
        var names = published["variants"]!["keep"]!["hf_export_names"]!.AsArray();

        Assert.Equal(names.Select(name => (string)name!), reader.Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData(WeightType.AsIs)]
    [InlineData(WeightType.Float32)]
    [InlineData(WeightType.BFloat16)]
    [InlineData(WeightType.Float16)]
    public void A_saved_model_comes_back_as_it_was_up_to_its_stored_type(WeightType type)
    {
        using var scope = NewDisposeScope();
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact);
        using var model = ModelFactory.Create(config, CPU);
        ModelFolder.Save(folder.Path, config, model, type);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float32, CPU);
        var stored = type switch
        {
            WeightType.BFloat16 => bfloat16,
            WeightType.Float16 => float16,
            _ => float32,
        };

        Assert.Equal(config.Model, loaded.Config.Model);
        Assert.Equal(config.LowRank.Scale, loaded.Config.LowRank.Scale);
        foreach (var parameter in model.Parameters)
            Assert.Equal(
                0,
                Golden.LargestDifference(
                    parameter.Value.to(stored).to(float32),
                    loaded.Decoder.Parameters[parameter.Name].Value
                )
            );
    }

    [Fact]
    public void Missing_extra_and_misshaped_tensors_are_listed_at_once()
    {
        using var scope = NewDisposeScope();
        Save();
        Rewrite(weights =>
        {
            weights.RemoveAll(weight => weight.Name.EndsWith("layers.0.swiglu.w_1.weight", StringComparison.Ordinal));
            weights.Add(("pico_decoder.layers.2.attention.q_proj.weight", zeros(16, 16)));
            weights.Add(("output_norm.weight", zeros(16)));
            var at = weights.FindIndex(weight => weight.Name == "pico_decoder.layers.1.attention.k_proj.weight");
            weights[at] = (weights[at].Name, zeros(16, 8));
            at = weights.FindIndex(weight => weight.Name == "pico_decoder.layers.1.swiglu_norm.weight");
            weights[at] = (weights[at].Name, zeros(16, dtype: int64));
        });

        var fault = Assert.Throws<UserFaultException>(Load).Message;

        Assert.Contains("5 faults", fault, StringComparison.Ordinal);
        Assert.Contains("layers.0.swiglu.w_1.weight [24, 16] is missing", fault, StringComparison.Ordinal);
        Assert.Contains(
            "layers.2.attention.q_proj.weight F32 [16, 16] is not of the model",
            fault,
            StringComparison.Ordinal
        );
        Assert.Contains("output_norm.weight is there twice", fault, StringComparison.Ordinal);
        Assert.Contains("has the shape [16, 8]; by config.json it is [8, 16]", fault, StringComparison.Ordinal);
        Assert.Contains("has the type I64; allowed: F64, F32, F16, BF16", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tied_head_may_be_left_out_and_is_then_a_copy_of_the_embedding()
    {
        using var scope = NewDisposeScope();
        Save();
        Rewrite(weights => weights.RemoveAll(weight => weight.Name.Contains("de_embedding", StringComparison.Ordinal)));
        Assert.Contains(
            "de_embedding_proj.weight [32, 16] is missing",
            Assert.Throws<UserFaultException>(Load).Message,
            StringComparison.Ordinal
        );
        Edit(config => config["tied_embeddings"] = true);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float32, CPU);
        var parameters = loaded.Decoder.Parameters;

        Assert.Equal(0, Golden.LargestDifference(parameters[0].Value, parameters[^1].Value));
    }

    [Theory]
    [InlineData("llama", "model_type is llama; allowed: pico_decoder, pico_relora_decoder, gpt_neox, gpt_neox_relora.")]
    [InlineData("pico_relora_decoder", "relora is missing")]
    public void A_config_of_another_architecture_is_told_so(string type, string message)
    {
        Save();
        Edit(config => config["model_type"] = type);

        Assert.Contains(message, Assert.Throws<UserFaultException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_config_is_told_at_once()
    {
        Save();
        Edit(config =>
        {
            config["d_model"] = "sixteen";
            config["n_layers"] = 0;
            config.Remove("norm_eps");
            config["position_emb_theta"] = 0.5;
            config["relora"] = new JsonObject { ["r"] = -1, ["lora_only"] = true };
        });

        var fault = Assert.Throws<UserFaultException>(Load).Message;

        foreach (
            var part in new[]
            {
                "7 faults",
                "d_model is \"sixteen\"",
                "n_layers is 0",
                "norm_eps is missing",
                "position_emb_theta is 0.5",
                "relora.r is -1",
                "relora.lora_only is true",
                "relora.target_modules is missing",
            }
        )
            Assert.Contains(part, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_that_asks_for_more_than_the_file_has_takes_no_memory()
    {
        Save();
        Edit(config => config["vocab_size"] = 1 << 24);
        Edit(config => config["activation_hidden_dim"] = 1 << 20);

        Assert.Contains(
            "by config.json it is [16777216, 16]",
            Assert.Throws<UserFaultException>(Load).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Absent_folders_and_files_that_are_no_safetensors_are_named()
    {
        Assert.Contains("config.json", Assert.Throws<UserFaultException>(Load).Message, StringComparison.Ordinal);
        Save();
        File.WriteAllText(folder.File("model.safetensors"), "PK and what else is in a zip");
        Assert.Equal(SafetensorsFault.HeaderLength, Assert.Throws<SafetensorsException>(Load).Fault);
        File.Delete(folder.File("model.safetensors"));
        Assert.Equal(SafetensorsFault.Missing, Assert.Throws<SafetensorsException>(Load).Fault);
        File.WriteAllText(folder.File("config.json"), "{");
        Assert.Contains("is not JSON", Assert.Throws<UserFaultException>(Load).Message, StringComparison.Ordinal);
        folder.Dispose();
        Assert.Contains("no such folder", Assert.Throws<UserFaultException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_and_loading_leave_no_tensors_behind()
    {
        var before = LiveTensors.Count;
        Save();
        Load();
        File.WriteAllText(folder.File("model.safetensors"), "");
        Assert.Throws<SafetensorsException>(Load);

        Assert.Equal(before, LiveTensors.Count);
    }

    private void Load() => ModelFolder.Load(folder.Path, Precision.Float32, CPU).Dispose();

    private void Save()
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        ModelFolder.Save(folder.Path, SmallRuns.Config, model);
    }

    private void Publish(string weights, string name)
    {
        File.Copy(SharedData.Require("golden", "decoder", name, "config.json"), folder.File("config.json"));
        File.Copy(weights, folder.File("model.safetensors"));
    }

    private void Edit(Action<JsonObject> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!.AsObject();
        change(config);
        File.WriteAllText(folder.File("config.json"), config.ToJsonString());
    }

    private void Rewrite(Action<List<(string Name, Tensor Value)>> change)
    {
        var weights = SafetensorsFile
            .Read(folder.File("model.safetensors"))
            .Select(entry => (entry.Key, entry.Value))
            .ToList();
        change(weights);
        SafetensorsFile.Write(folder.File("model.safetensors"), weights);
    }
}
