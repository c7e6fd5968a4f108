using System.Text.Json.Nodes;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;
using ReLoRA.Core.Tests.Models.NeoX;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.ModelFolders;

public sealed class NeoXFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(LowRankMethod.FullRank)]
    [InlineData(LowRankMethod.LoRA)]
    [InlineData(LowRankMethod.ReLoRA)]
    public void A_saved_model_comes_back_with_the_same_logits(LowRankMethod method)
    {
        using var scope = NewDisposeScope();
        var config = new RunConfig
        {
            Precision = Precision.Float64,
            LowRank = new LowRankConfig { Method = method, Rank = 3 },
        };
        using var model = NeoXFixture.Decoder(NeoXFixture.Sequential, config);
        config = config with { Model = model.Model };
        foreach (var b in model.Parameters.Where(one => one.Name.Contains("B_lora", StringComparison.Ordinal)))
            Golden.Copy(Draws.Normal(b.Value.shape, float64), b.Value);
        ModelFolder.Save(folder.Path, config, model);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float64, CPU);
        var ids = NeoXFixture.Outputs(NeoXFixture.Sequential)["longest.ids"];

        Assert.Equal(model.Model with { KeyValueHeads = 4 }, loaded.Config.Model);
        Assert.Equal(
            0,
            Golden.LargestDifference(model.Forward(ids, training: false), loaded.Decoder.Forward(ids, training: false))
        );
    }

    [Fact]
    public void A_saved_config_has_Hugging_Faces_keys()
    {
        Save(Presets.NanoNeoX);
        Assert.Equal(
            """{"model_type":"gpt_neox","architectures":["GPTNeoXForCausalLM"],"hidden_size":64,"num_hidden_layers":4,"vocab_size":4096,"max_position_embeddings":128,"num_attention_heads":4,"intermediate_size":256,"layer_norm_eps":1E-05,"rotary_emb_base":10000,"rotary_pct":0.25,"use_parallel_residual":true,"hidden_act":"gelu","attention_bias":true}""",
            Config().ToJsonString()
        );
    }

    [Fact]
    public void A_config_with_adapters_has_a_type_of_its_own_that_no_other_reader_takes_for_the_plain_one()
    {
        Save(Presets.NanoNeoX with { LowRank = new LowRankConfig { Method = LowRankMethod.ReLoRA } });
        var config = Config();
        Assert.Equal("gpt_neox_relora", (string)config["model_type"]!);
        Assert.Null(config["architectures"]);
        Assert.Equal("""["attention","mlp"]""", config["relora"]!["target_modules"]!.ToJsonString());
        config["model_type"] = "gpt_neox";
        Write(config);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float32, CPU);
        Assert.Equal(LowRankMethod.ReLoRA, loaded.Config.LowRank.Method);
    }

    [Fact]
    public void Keys_that_Hugging_Face_has_defaults_for_may_be_missing_and_so_may_the_type()
    {
        Publish(NeoXFixture.Parallel);
        var config = Config();
        foreach (
            var key in new[]
            {
                "model_type",
                "architectures",
                "layer_norm_eps",
                "rotary_emb_base",
                "rotary_pct",
                "use_parallel_residual",
                "hidden_act",
                "tie_word_embeddings",
            }
        )
            config.Remove(key);
        Write(config);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float32, CPU);
        using var published = NeoXFixture.Load(NeoXFixture.Parallel, Precision.Float32);

        Assert.Equal(published.Config.Model, loaded.Config.Model);
    }

    [Fact]
    public void Every_fault_of_a_config_is_told_at_once_by_its_own_keys()
    {
        Publish(NeoXFixture.Parallel);
        var config = Config();
        config["hidden_size"] = 0;
        config["use_parallel_residual"] = "yes";
        config["hidden_act"] = "gelu_new";
        config["attention_bias"] = false;
        config["rotary_pct"] = 2;
        config["rope_scaling"] = new JsonObject { ["type"] = "linear" };
        config["rope_parameters"] = new JsonObject();
        config.Remove("vocab_size");
        Write(config);

        var fault = Assert.Throws<UserFaultException>(Load).Message;

        foreach (
            var part in new[]
            {
                "8 faults",
                "hidden_size is 0",
                "use_parallel_residual is \"yes\"; allowed: true or false",
                "hidden_act is \"gelu_new\"; allowed: \"gelu\"",
                "attention_bias is false; allowed: true",
                "rotary_pct is 2; allowed: a number, above 0 and at most 1",
                "rope_scaling is",
                "rope_parameters is {}; allowed: rotary_emb_base and rotary_pct in its place",
                "vocab_size is missing",
            }
        )
            Assert.Contains(part, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_between_keys_are_told_by_the_keys()
    {
        Publish(NeoXFixture.Parallel);
        var config = Config();
        config["num_attention_heads"] = 3;
        Write(config);
        Assert.Contains(
            "num_attention_heads is 3; allowed: a divisor of hidden_size (16).",
            Assert.Throws<UserFaultException>(Load).Message,
            StringComparison.Ordinal
        );
        config["num_attention_heads"] = 2;
        config["rotary_pct"] = 0.4;
        Write(config);
        Assert.Contains(
            "rotary_pct is 0.4, 3 of a head's features; allowed: a share of a head's width (8) that is an even number",
            Assert.Throws<UserFaultException>(Load).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Tables_of_old_files_are_passed_over_but_nothing_else_is()
    {
        using var scope = NewDisposeScope();
        Publish(NeoXFixture.Parallel);
        Load();
        var weights = Weights();
        Assert.Contains(weights, weight => weight.Name.EndsWith(".attention.masked_bias", StringComparison.Ordinal));
        weights.Add(("gpt_neox.layers.0.attention.rotary_emb.cos", zeros(1)));
        SafetensorsFile.Write(folder.File(ModelFolder.WeightsName), weights);

        Assert.Contains(
            "gpt_neox.layers.0.attention.rotary_emb.cos F32 [1] is not of the model",
            Assert.Throws<UserFaultException>(Load).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_tied_head_may_be_left_out()
    {
        using var scope = NewDisposeScope();
        Publish(NeoXFixture.Parallel);
        SafetensorsFile.Write(
            folder.File(ModelFolder.WeightsName),
            [.. Weights().Where(one => one.Name != "embed_out.weight")]
        );
        var config = Config();
        config["tie_word_embeddings"] = true;
        Write(config);
        using var loaded = ModelFolder.Load(folder.Path, Precision.Float32, CPU);
        var parameters = loaded.Decoder.Parameters;

        Assert.Equal(0, Golden.LargestDifference(parameters[0].Value, parameters[^1].Value));
    }

    private void Load() => ModelFolder.Load(folder.Path, Precision.Float32, CPU).Dispose();

    private void Save(RunConfig config)
    {
        using var model = ModelFactory.Create(config, CPU);
        ModelFolder.Save(folder.Path, config, model);
    }

    private void Publish(string name)
    {
        foreach (var file in new[] { ModelFolder.ConfigName, ModelFolder.WeightsName })
            File.Copy(Path.Combine(NeoXFixture.Folder(name), file), folder.File(file));
    }

    /// <summary>What the file holds, less the mask, whose type (booleans) is one that cannot be read.</summary>
    private List<(string Name, Tensor Value)> Weights()
    {
        using var reader = SafetensorsReader.Open(folder.File(ModelFolder.WeightsName));
        return
        [
            .. reader
                .Tensors.Where(stored => stored.Type != "BOOL")
                .Select(stored => (stored.Name, reader.Read(stored))),
        ];
    }

    private JsonObject Config() => JsonNode.Parse(File.ReadAllText(folder.File(ModelFolder.ConfigName)))!.AsObject();

    private void Write(JsonObject config) =>
        File.WriteAllText(folder.File(ModelFolder.ConfigName), config.ToJsonString());
}
