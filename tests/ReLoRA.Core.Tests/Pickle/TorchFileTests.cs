using ReLoRA.Core.Pickle;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Pickle;

public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("file.pt");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("types")]
    [InlineData("views")]
    [InlineData("parameters")]
    [InlineData("relora/learning_dynamics/train_weights")]
    [InlineData("relora/learning_dynamics/val_activations")]
    [InlineData("decoder/learning_dynamics/train_gradients")]
    public void What_PyTorch_wrote_is_read_to_the_bit(string name)
    {
        using var scope = NewDisposeScope();
        using var file = TorchFile.Open(TorchFixture.PathOf(name + ".pt"));
        var expected = TorchFixture.Expected(name);

        Assert.Equal(expected.Select(tensor => tensor.Name), file.Names);
        foreach (var tensor in expected)
        {
            var read = file.Load(tensor.Name);
            Assert.Equal(tensor.Shape, file.Shape(tensor.Name));
            Assert.Equal(tensor.Type, file.Type(tensor.Name));
            Assert.Equal((tensor.Type, tensor.Name), (read.dtype, tensor.Name));
            Assert.Equal(tensor.Shape, read.shape);
            Assert.Equal(tensor.Strides, read.stride());
            Assert.Equal(tensor.Bytes, TorchFixture.BytesOf(read));
            Assert.False(read.requires_grad);
        }
    }

    [Fact]
    public void Names_beyond_what_a_byte_counts_share_one_tensor()
    {
        using var scope = NewDisposeScope();
        using var file = TorchFile.Open(TorchFixture.PathOf("many.pt"));

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"t{i}"), file.Names);
        Assert.Equal([0, 1, 2], file.Load("t299").data<short>().ToArray());
    }

    [Fact]
    public void Tensors_of_one_storage_are_read_apart()
    {
        using var scope = NewDisposeScope();
        using var file = TorchFile.Open(TorchFixture.PathOf("views.pt"));
        var whole = file.Load("whole");
        var rows = file.Load("rows");
        whole.zero_();

        Assert.Equal(6f, rows[0, 0].item<float>());
        Assert.Equal(6f, file.Load("rows")[0, 0].item<float>());
    }

    [Theory]
    [InlineData("command.pt", PickleFault.Global, "posix.system")]
    [InlineData("module.pt", PickleFault.Global, "torch.nn.modules.linear.Linear")]
    [InlineData("state-dict.pt", PickleFault.Structure, "version is a whole number; allowed: a tensor")]
    [InlineData("list.pt", PickleFault.Opcode, "EMPTY_LIST")]
    [InlineData("protocol-4.pt", PickleFault.Protocol, "protocol 4; allowed: 2")]
    [InlineData("legacy.pt", PickleFault.Legacy, "torch.save(x, path) of PyTorch 1.6")]
    public void What_PyTorch_writes_of_another_kind_is_refused_by_name(string name, PickleFault fault, string says)
    {
        var exception = Assert.Throws<PickleException>(() => TorchFile.Open(TorchFixture.PathOf(name)));

        Assert.True(fault == exception.Fault, $"{exception.Fault}: {exception.Message}");
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("executed"));
    }

    [Fact]
    public void Entries_that_newer_PyTorch_adds_are_passed_over()
    {
        using var scope = NewDisposeScope();
        TorchZip.Write(
            Path,
            PickleText.One("FloatStorage", 1, 0, [], []),
            (".format_version", TorchZip.Ascii("1")),
            (".storage_alignment", TorchZip.Ascii("64")),
            ("byteorder", TorchZip.Ascii("little")),
            ("data/0", BitConverter.GetBytes(2.5f)),
            ("version", TorchZip.Ascii("3\n")),
            (".data/serialization_id", TorchZip.Ascii("0123456789")),
            ("more/data.pkl", [])
        );
        using var file = TorchFile.Open(Path);

        Assert.Equal(2.5f, file.Load("a").item<float>());
    }

    [Fact]
    public void Pieces_join_without_a_seam()
    {
        const int count = (1 << 22) + 3;
        using var scope = NewDisposeScope();
        var content = new byte[count + 5];
        new Random(1).NextBytes(content);
        TorchZip.Write(Path, PickleText.One("ByteStorage", count + 5, 5, [count], [1]), ("data/0", content));
        using var file = TorchFile.Open(Path);

        Assert.Equal(content[5..], TorchFixture.BytesOf(file.Load("a")));
    }

    [Fact]
    public void Any_byte_but_zero_is_true()
    {
        using var scope = NewDisposeScope();
        TorchZip.Write(Path, PickleText.One("BoolStorage", 3, 0, [3], [1]), ("data/0", [0, 2, 255]));
        using var file = TorchFile.Open(Path);

        Assert.Equal([0, 1, 1], TorchFixture.BytesOf(file.Load("a")));
    }

    [Fact]
    public void Something_expanded_takes_no_more_memory_than_the_file_has()
    {
        using var scope = NewDisposeScope();
        TorchZip.Write(
            Path,
            PickleText.One("FloatStorage", 1, 0, [1 << 16, 1 << 16], [0, 0]),
            ("data/0", BitConverter.GetBytes(3f))
        );
        var before = ResidentMemory.Bytes();
        using var file = TorchFile.Open(Path);
        var read = file.Load("a");

        Assert.Equal(1L << 32, read.numel());
        Assert.Equal(3f, read[7, 65_535].item<float>());
        Assert.InRange(ResidentMemory.Bytes() - before, long.MinValue, 64L << 20);
    }

    [Fact]
    public void Reading_leaves_nothing_but_the_tensors()
    {
        using var outer = NewDisposeScope();
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        using (var file = TorchFile.Open(TorchFixture.PathOf("views.pt")))
        {
            Assert.Equal(before, LiveTensors.Count);
            foreach (var name in file.Names)
                file.Load(name);
            Assert.Equal(before + file.Names.Count, LiveTensors.Count);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void A_damaged_storage_is_told_when_it_is_asked_for_and_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        var bytes = File.ReadAllBytes(TorchFixture.PathOf("types.pt"));
        var expected = TorchFixture.Expected("types");
        var at = bytes.AsSpan().IndexOf(expected.First(tensor => tensor.Name == "float32").Bytes);
        bytes[at + 5] ^= 1;
        File.WriteAllBytes(Path, bytes);
        using var file = TorchFile.Open(Path);
        var before = LiveTensors.Count;

        var exception = Assert.Throws<PickleException>(() => file.Load("float32"));
        Assert.Equal(PickleFault.Storage, exception.Fault);
        Assert.Contains("checksum", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.Count);
        file.Load("float64");
    }

    [Fact]
    public void A_name_that_is_not_there_is_the_callers_fault()
    {
        using var file = TorchFile.Open(TorchFixture.PathOf("types.pt"));

        Assert.False(file.Has("a"));
        Assert.Throws<ArgumentException>(() => file.Load("a"));
        Assert.Throws<ArgumentException>(() => file.Shape("a"));
        Assert.Throws<ArgumentException>(() => file.Type("a"));
    }
}
