using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.Pickle;
using ReLoRA.Core.Tests.Pickle;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Published;

public sealed class LearningDynamicsFolderTests : IDisposable
{
    private static readonly string[] Linears =
    [
        .. Enumerable
            .Range(0, 2)
            .SelectMany(layer =>
                new[] { "attention.v_proj", "attention.o_proj", "swiglu.w_2" }.Select(name => $"layers.{layer}.{name}")
            ),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_checkpoint_and_the_folder_in_it_are_the_same()
    {
        var checkpoint = LearningDynamicsFolder.Open(TorchFixture.PathOf("relora"));
        var inner = LearningDynamicsFolder.Open(TorchFixture.PathOf("relora/learning_dynamics"));

        Assert.Equal(checkpoint.Present, inner.Present);
        Assert.Equal(
            [
                (DynamicsSplit.Train, DynamicsKind.Weights),
                (DynamicsSplit.Train, DynamicsKind.Activations),
                (DynamicsSplit.Val, DynamicsKind.Weights),
                (DynamicsSplit.Val, DynamicsKind.Activations),
            ],
            inner.Present
        );
        Assert.Equal(
            "it has train_weights.pt, train_activations.pt, val_weights.pt, val_activations.pt; "
                + "missing: train_gradients.pt, val_gradients.pt",
            inner.ToString()
        );
        Assert.Empty(LearningDynamicsFolder.Open(TorchFixture.PathOf("decoder")).Missing);
    }

    [Theory]
    [InlineData(DynamicsKind.Weights)]
    [InlineData(DynamicsKind.Activations)]
    public void A_linear_with_adapters_has_its_stored_part_and_both_factors(DynamicsKind kind)
    {
        using var scope = NewDisposeScope();
        using var file = LearningDynamicsFolder.Open(TorchFixture.PathOf("relora")).Read(DynamicsSplit.Val, kind);
        var expected = TorchFixture
            .Expected($"relora/learning_dynamics/val_{kind}".ToLowerInvariant())
            .ToDictionary(tensor => tensor.Name);

        Assert.Equal(kind, file.Kind);
        Assert.Equal(Linears, file.Linears);
        foreach (var linear in Linears)
        {
            Assert.True(file.HasAdapter(linear));
            foreach (
                var (part, ending) in new[]
                {
                    (LinearPart.Linear, ""),
                    (LinearPart.A, ".A_lora"),
                    (LinearPart.B, ".B_lora"),
                }
            )
            {
                var stored = expected[$"_forward_module.module.{linear}{ending}"];
                Assert.Equal(stored.Shape, file.Shape(linear, part));
                Assert.Equal(ScalarType.BFloat16, file.Type(linear, part));
                Assert.Equal(stored.Bytes, TorchFixture.BytesOf(file.Load(linear, part)));
            }
        }
    }

    [Fact]
    public void A_linear_without_adapters_has_itself_only()
    {
        using var scope = NewDisposeScope();
        using var file = LearningDynamicsFolder
            .Open(TorchFixture.PathOf("decoder"))
            .Read(DynamicsSplit.Train, DynamicsKind.Gradients);

        Assert.Equal(Linears, file.Linears);
        Assert.False(file.HasAdapter(Linears[0]));
        Assert.Equal([4, 8], file.Load(Linears[0]).shape);
        var fault = Assert.Throws<UserFaultException>(() => file.Load(Linears[0], LinearPart.A));
        Assert.EndsWith($"has no part A of {Linears[0]}; it has Linear.", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<UserFaultException>(() => file.Load("layers.0"));
        Assert.Contains(
            "has no linear layers.0; it has layers.0.attention.v_proj, ",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_kind_that_is_missing_is_said_with_what_there_is()
    {
        var dynamics = LearningDynamicsFolder.Open(TorchFixture.PathOf("relora"));

        var fault = Assert.Throws<UserFaultException>(() => dynamics.Read(DynamicsSplit.Train, DynamicsKind.Gradients));
        Assert.Equal($"{dynamics.Path} has no train_gradients.pt; {dynamics}.", fault.Message);
    }

    [Fact]
    public void A_folder_without_any_is_told_what_was_looked_for_and_found()
    {
        var fault = Assert.Throws<UserFaultException>(() => LearningDynamicsFolder.Open(folder.File("none")));
        Assert.Contains("no such folder", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<UserFaultException>(() => LearningDynamicsFolder.Open(folder.Path));
        Assert.Contains("found nothing", fault.Message, StringComparison.Ordinal);
        for (var i = 10; i < 22; i++)
            File.WriteAllText(folder.File($"{i}.txt"), "");
        fault = Assert.Throws<UserFaultException>(() => LearningDynamicsFolder.Open(folder.Path));
        Assert.Contains("looked for train_weights.pt, train_activations.pt,", fault.Message, StringComparison.Ordinal);
        Assert.Contains("10.txt, 11.txt", fault.Message, StringComparison.Ordinal);
        Assert.Contains("19.txt and 2 more.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_says_what_the_reader_of_pickles_says()
    {
        File.WriteAllText(folder.File("train_weights.pt"), "no archive");
        var dynamics = LearningDynamicsFolder.Open(folder.Path);

        var fault = Assert.Throws<PickleException>(() => dynamics.Read(DynamicsSplit.Train, DynamicsKind.Weights));
        Assert.Equal(PickleFault.NoArchive, fault.Fault);
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_all_named()
    {
        Write(
            "train_weights.pt",
            ("module.twice", [2, 2]),
            ("twice.weight", [2, 2]),
            ("alone.A_lora", [1, 2]),
            ("flat", [4]),
            ("unfit", [3, 2]),
            ("unfit.A_lora", [1, 3]),
            ("unfit.B_lora", [3, 1]),
            ("ranks.A_lora", [1, 3]),
            ("ranks.B_lora", [3, 2]),
            ("fit.A_lora", [1, 3]),
            ("fit.B_lora", [3, 1])
        );
        var dynamics = LearningDynamicsFolder.Open(folder.Path);

        var fault = Assert.Throws<UserFaultException>(() => dynamics.Read(DynamicsSplit.Train, DynamicsKind.Weights));
        Assert.Equal(
            $"""
            {folder.File("train_weights.pt")} has 5 faults:
              twice Linear is there twice, as module.twice and as twice.weight.
              alone has A_lora without B_lora.
              flat Linear has the shape [4]; allowed: two sizes.
              unfit has A_lora [1, 3] and B_lora [3, 1], which do not fit [3, 2].
              ranks has A_lora [1, 3] and B_lora [3, 2], which do not fit each other.
            """,
            fault.Message
        );
    }

    [Fact]
    public void Activations_fit_by_their_samples_and_outputs()
    {
        Write("val_activations.pt", ("a", [5, 4]), ("a.A_lora", [5, 2]), ("a.B_lora", [5, 4]));
        using (var file = LearningDynamicsFolder.Open(folder.Path).Read(DynamicsSplit.Val, DynamicsKind.Activations))
            Assert.Equal([5, 2], file.Shape("a", LinearPart.A));
        Write("val_activations.pt", ("a", [5, 4]), ("a.A_lora", [6, 2]), ("a.B_lora", [5, 4]));

        var fault = Assert.Throws<UserFaultException>(() =>
            LearningDynamicsFolder.Open(folder.Path).Read(DynamicsSplit.Val, DynamicsKind.Activations)
        );
        Assert.Contains("a has A_lora [6, 2] and B_lora [5, 4]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_leaves_nothing_but_the_tensors()
    {
        using var outer = NewDisposeScope();
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        using (
            var file = LearningDynamicsFolder
                .Open(TorchFixture.PathOf("relora"))
                .Read(DynamicsSplit.Train, DynamicsKind.Weights)
        )
        {
            file.Load(Linears[0]);
            Assert.Equal(before + 1, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    private void Write(string name, params (string Name, long[] Shape)[] tensors)
    {
        var pickle = PickleText.Protocol2.Letters("}");
        foreach (var (tensor, shape) in tensors)
            pickle.Text(tensor).Tensor("ByteStorage", "0", 1, 0, shape, new long[shape.Length]).Letters("s");
        TorchZip.Write(folder.File(name), pickle.Letters(".").Bytes, ("data/0", [1]));
    }
}
