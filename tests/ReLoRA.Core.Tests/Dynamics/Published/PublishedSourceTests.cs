using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.Native;
using ReLoRA.Core.Tests.Pickle;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Published;

/// <summary>Published learning dynamics as a source of what is measured.</summary>
public sealed class PublishedSourceTests : IDisposable
{
    private const string Linear = "layers.0.attention.v_proj";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parts_are_the_stored_ones_and_the_weight_has_its_adapter_at_the_configs_scale()
    {
        using var scope = NewDisposeScope();
        WriteConfig("""{ "r": 2, "lora_alpha": 6, "target_modules": ["attention", "swiglu"] }""");
        using var source = Source("relora");
        using var file = LearningDynamicsFolder
            .Open(TorchFixture.PathOf("relora"))
            .Read(DynamicsSplit.Train, DynamicsKind.Weights);
        Tensor Part(LinearPart part) => file.Load(Linear, part).to(float64);
        var product = mm(Part(LinearPart.B), Part(LinearPart.A));

        AssertSame(Part(LinearPart.Linear), source, ProbeTarget.FrozenWeight, Linear);
        AssertSame(Part(LinearPart.A), source, ProbeTarget.AdapterA, $"{Linear}.A_lora");
        AssertSame(Part(LinearPart.B), source, ProbeTarget.AdapterB, $"{Linear}.B_lora");
        AssertSame(product, source, ProbeTarget.Adapter, Linear);
        AssertSame(product * tensor(3.0, dtype: float64), source, ProbeTarget.ResetUpdate, Linear);
        AssertSame(
            Part(LinearPart.Linear).Plus(product * tensor(3.0, dtype: float64)),
            source,
            ProbeTarget.Weight,
            Linear
        );
        Assert.Equal(ScalarType.BFloat16, source.Of(ProbeTarget.Weight, Linear, 0)[0].Rounded);
        Assert.Equal(6, source.Names(ProbeTarget.Weight).Count);
    }

    [Fact]
    public void Activations_are_the_modules_outputs_and_gradients_those_of_plain_weights()
    {
        using var scope = NewDisposeScope();
        using var relora = Source("relora", DynamicsSplit.Val);
        using var decoder = Source("decoder");
        using var activations = LearningDynamicsFolder
            .Open(TorchFixture.PathOf("relora"))
            .Read(DynamicsSplit.Val, DynamicsKind.Activations);
        using var gradients = LearningDynamicsFolder
            .Open(TorchFixture.PathOf("decoder"))
            .Read(DynamicsSplit.Train, DynamicsKind.Gradients);

        AssertSame(activations.Load(Linear).to(float64), relora, ProbeTarget.Activation, Linear);
        AssertSame(activations.Load(Linear).to(float64), relora, ProbeTarget.LastActivation, Linear);
        AssertSame(gradients.Load(Linear).to(float64), decoder, ProbeTarget.Gradient, Linear);
        Assert.Equal("no adapter", decoder.Of(ProbeTarget.AdapterA, Linear, 0)[0].Finding);
        Assert.Equal("no adapter", decoder.Of(ProbeTarget.ResetUpdate, Linear, 0)[0].Finding);
    }

    [Fact]
    public void What_a_folder_does_not_have_is_told_with_what_it_has()
    {
        using var source = Source("relora");

        Fault(source, ProbeTarget.Gradient, "has no train_gradients.pt; it has train_weights.pt");
        Fault(source, ProbeTarget.FirstMoment, "have weights, activations and gradients, and no first_moment");
        Fault(source, ProbeTarget.OvCircuit, "and no ov_circuit");
        Fault(source, ProbeTarget.Weight, "nothing says its scale alpha / r: looked for", "config.json");
        WriteConfig(null);
        using var plain = Source("relora");
        Fault(plain, ProbeTarget.Weight, "has no relora with r and lora_alpha");
        WriteConfig("""{ "r": 4, "lora_alpha": 6, "target_modules": ["attention", "swiglu"] }""");
        using var other = Source("relora");
        Fault(other, ProbeTarget.Weight, "has an adapter of rank 2 for layers.0.attention.v_proj; by", "it is 4");
        WriteConfig("""{ "r": 2, "lora_alpha": 6, "target_modules": ["attention"], "trainable_scaling": true }""");
        using var tanh = Source("relora");
        Fault(tanh, ProbeTarget.ResetUpdate, "has trainable_scaling");
    }

    [Fact]
    public void Folders_of_two_runs_are_compared()
    {
        var decoder = ProbedFolders.Find(TorchFixture.PathOf("decoder"));
        var options = new FolderProbeOptions
        {
            Metrics = ["update_ratio", "subspace_overlap"],
            Reference = TorchFixture.PathOf("decoder"),
            Directions = 2,
        };
        using var probe = new FolderProbe(options, decoder);

        var found = probe.Measure(decoder[0]).ToList();

        Assert.All(found[0], one => Assert.Equal(0, one.Figure.Value));
        Assert.All(found[1], one => Assert.Equal(1, one.Figure.Value, 1e-12));
        Assert.Equal(6, found[1].Count);
    }

    [Theory]
    [InlineData(DynamicsSplit.Train)]
    [InlineData(DynamicsSplit.Val)]
    public void No_tensor_is_left(DynamicsSplit split)
    {
        WriteConfig("""{ "r": 2, "lora_alpha": 6, "target_modules": ["attention", "swiglu"] }""");
        var folders = ProbedFolders.Find(folder.File("relora"), split);
        void Measure()
        {
            foreach (
                var of in new[] { "weight", "frozen_weight", "adapter_a", "adapter", "reset_update", "activation" }
            )
            {
                using var probe = new FolderProbe(new() { Of = of }, folders);
                Assert.Equal(2, probe.Measure(folders[0]).Count());
            }
        }
        Measure();
        var live = LiveTensors.Count;

        Measure();

        Assert.Equal(live, LiveTensors.Count);
    }

    /// <summary>A copy of a fixture beside the configuration, if there is one.</summary>
    private PublishedSource Source(string name, DynamicsSplit split = DynamicsSplit.Train)
    {
        Copy(name);
        return new PublishedSource(LearningDynamicsFolder.Open(folder.File(name, LearningDynamicsFolder.Name)), split);
    }

    private void Copy(string name)
    {
        if (Directory.Exists(folder.File(name)))
            return;
        Directory.CreateDirectory(folder.File(name, LearningDynamicsFolder.Name));
        foreach (var file in Directory.EnumerateFiles(TorchFixture.PathOf($"{name}/learning_dynamics")))
            File.Copy(file, folder.File(name, LearningDynamicsFolder.Name, Path.GetFileName(file)));
    }

    private void WriteConfig(string? relora)
    {
        Copy("relora");
        File.WriteAllText(
            folder.File("relora", "config.json"),
            $$"""
            {
              "model_type": "{{(
                relora is null ? "pico_decoder" : "pico_relora_decoder"
            )}}", "d_model": 8, "n_layers": 2, "vocab_size": 16,
              "attention_n_heads": 4, "attention_n_kv_heads": 2, "activation_hidden_dim": 12, "max_seq_len": 8,
              "norm_eps": 1e-6, "position_emb_theta": 10000.0,
              "relora": {{relora ?? "null"}}
            }
            """
        );
    }

    private static void AssertSame(Tensor expected, PublishedSource source, ProbeTarget target, string name)
    {
        var found = Assert.Single(source.Of(target, Linear, 0));
        Assert.Equal(name, found.Name);
        Assert.Equal(0, (found.Value() - expected).abs().max().item<double>());
    }

    private static void Fault(PublishedSource source, ProbeTarget target, params string[] parts)
    {
        var fault = Assert.Throws<UserFaultException>(() => source.Of(target, Linear, 0)[0].Value());
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }
}
