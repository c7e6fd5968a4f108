using System.Text;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Safetensors;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Safetensors;

public sealed class SafetensorsReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("file.safetensors");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("F32", "2", "0,4", SafetensorsFault.Length)]
    [InlineData("F32", "2", "8,0", SafetensorsFault.Offsets)]
    [InlineData("F32", "2", "-8,0", SafetensorsFault.Offsets)]
    [InlineData("F32", "2", "0,16", SafetensorsFault.Length)]
    [InlineData("F32", "4", "0,16", SafetensorsFault.OutsideFile)]
    [InlineData("F32", "1", "0,4", SafetensorsFault.Hole)]
    [InlineData("F32", "1", "4,8", SafetensorsFault.Hole)]
    [InlineData("F16", "-4", "0,8", SafetensorsFault.Shape)]
    [InlineData("F32", "4294967296,4294967296,2", "0,8", SafetensorsFault.Shape)]
    [InlineData("F32", "0,9223372036854775807,9223372036854775807", "0,0", SafetensorsFault.Shape)]
    [InlineData("F4", "2", "0,8", SafetensorsFault.Type)]
    [InlineData("f32", "2", "0,8", SafetensorsFault.Type)]
    [InlineData("F32", "2.0", "0,8", SafetensorsFault.Entry)]
    [InlineData("F32", "\"2\"", "0,8", SafetensorsFault.Entry)]
    [InlineData("F32", "99999999999999999999", "0,8", SafetensorsFault.Entry)]
    [InlineData("F32", "2", "0,8,8", SafetensorsFault.Entry)]
    public void A_wrong_entry_is_a_fault_of_its_kind(
        string type,
        string shape,
        string offsets,
        SafetensorsFault fault
    ) => ShouldBe(fault, RawFile.Of("{" + RawFile.Tensor("a", type, shape, offsets) + "}", 8));

    [Theory]
    [InlineData("", SafetensorsFault.HeaderLength)]
    [InlineData("[]", SafetensorsFault.HeaderText)]
    [InlineData(" {}", SafetensorsFault.HeaderText)]
    [InlineData("{}x", SafetensorsFault.HeaderText)]
    [InlineData("{ ", SafetensorsFault.HeaderText)]
    [InlineData("""{"\ud800":{}}""", SafetensorsFault.HeaderText)]
    [InlineData("""{"a":1}""", SafetensorsFault.Entry)]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":null}}""", SafetensorsFault.Entry)]
    [InlineData("""{"a":{"dtype":1,"shape":[],"data_offsets":[0,4]}}""", SafetensorsFault.Entry)]
    [InlineData("""{"__metadata__":{"format":1}}""", SafetensorsFault.Entry)]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", SafetensorsFault.DuplicateKey)]
    [InlineData(
        """{"a":{"dtype":"F32","dtype":"F32","shape":[],"data_offsets":[0,4]}}""",
        SafetensorsFault.DuplicateKey
    )]
    public void A_wrong_header_is_a_fault_of_its_kind(string header, SafetensorsFault fault) =>
        ShouldBe(fault, RawFile.Of(header, 0));

    [Fact]
    public void Two_tensors_with_one_name_or_the_same_bytes_are_refused()
    {
        var a = RawFile.Tensor("a", "F32", "2", "0,8");

        ShouldBe(SafetensorsFault.DuplicateKey, RawFile.Of($"{{{a},{a}}}", 8));
        ShouldBe(SafetensorsFault.Overlap, RawFile.Of($"{{{a},{RawFile.Tensor("b", "F32", "2", "4,12")}}}", 12));
        ShouldBe(SafetensorsFault.Overlap, RawFile.Of($"{{{a},{RawFile.Tensor("b", "F32", "2", "0,8")}}}", 8));
        ShouldBe(SafetensorsFault.Hole, RawFile.Of($"{{{a},{RawFile.Tensor("b", "F32", "1", "12,16")}}}", 16));
    }

    [Fact]
    public void A_shape_of_more_sizes_than_libtorch_has_is_refused()
    {
        string Header(int sizes) =>
            $"{{{RawFile.Tensor("a", "F32", string.Join(',', Enumerable.Repeat("1", sizes)), "0,4")}}}";

        ShouldBe(SafetensorsFault.Shape, RawFile.Of(Header(65), 4));
        File.WriteAllBytes(Path, RawFile.Of(Header(64), 4));
        using var scope = NewDisposeScope();
        using var reader = SafetensorsReader.Open(Path);
        Assert.Equal(64, reader.Read(reader.Tensors[0]).Dimensions);
    }

    [Fact]
    public void A_file_that_is_no_safetensors_file_is_told_apart()
    {
        ShouldBe(SafetensorsFault.Truncated, []);
        ShouldBe(SafetensorsFault.Truncated, [1, 2, 3]);
        ShouldBe(SafetensorsFault.HeaderLength, Encoding.ASCII.GetBytes("PK\u0003\u0004 a file of PyTorch's"));
        ShouldBe(SafetensorsFault.HeaderLength, [.. Enumerable.Repeat((byte)255, 100)]);
        ShouldBe(SafetensorsFault.Truncated, [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        File.Delete(Path);
        Assert.Equal(SafetensorsFault.Missing, Assert.Throws<SafetensorsException>(Open).Fault);
        Directory.CreateDirectory(Path);
        Assert.Equal(SafetensorsFault.Unreadable, Assert.Throws<SafetensorsException>(Open).Fault);
    }

    [Fact]
    public void Unknown_keys_empty_tensors_metadata_and_any_order_of_the_data_are_read()
    {
        var b = RawFile.Tensor("b", "F32", "1", "0,4");
        var a = """ "a":{"data_offsets":[4,8],"more":{"x":[1]},"shape":[1],"dtype":"F32"} """;
        var header =
            $$"""{"__metadata__":{"format":"pt"},{{a}},{{b}},{{RawFile.Tensor("none", "F64", "0,3", "8,8")}}}   """;
        var bytes = RawFile.Of(header, 8);
        BitConverter.TryWriteBytes(bytes.AsSpan(^8), 1.5f);
        BitConverter.TryWriteBytes(bytes.AsSpan(^4), -2f);
        File.WriteAllBytes(Path, bytes);
        using var scope = NewDisposeScope();
        using var reader = SafetensorsReader.Open(Path);

        Assert.Equal(["a", "b", "none"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(-2f, reader.Read(reader.Find("a")!).item<float>());
        Assert.Equal(1.5f, reader.Read(reader.Find("b")!).item<float>());
        Assert.Equal([0, 3], reader.Read(reader.Find("none")!).shape);
        Assert.Null(reader.Find("c"));
    }

    [Fact]
    public void Every_pair_of_floating_types_converts_as_libtorch_does()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16];
        var values = Draws.Normal([5, 7], float64);
        foreach (var stored in types)
        {
            SafetensorsFile.Write(Path, [("a", values)], stored);
            using var reader = SafetensorsReader.Open(Path);
            foreach (var wanted in types)
            {
                var target = zeros(5, 7, dtype: wanted);
                reader.CopyTo(reader.Tensors[0], target);
                Assert.True(target.equal(values.to(stored).to(wanted)).all().item<bool>(), $"{stored} to {wanted}");
            }
        }
    }

    [Fact]
    public void A_tensor_beyond_the_fourth_gibibyte_is_read_without_the_rest()
    {
        // Sparse: the file takes a page of disk.
        const long large = 5L << 30;
        var header =
            $"{{{RawFile.Tensor("large", "U8", $"{large}", $"0,{large}")},{RawFile.Tensor("b", "F32", "1", $"{large},{large + 4}")}}}";
        using (var file = new FileStream(Path, FileMode.Create))
        {
            file.Write(RawFile.Of(header, 0));
            file.Position += large;
            file.Write(BitConverter.GetBytes(2.5f));
        }
        using var scope = NewDisposeScope();
        using var reader = SafetensorsReader.Open(Path);

        Assert.Equal(large, reader.Find("large")!.Length);
        Assert.Equal(2.5f, reader.Read(reader.Find("b")!).item<float>());
    }

    [Fact]
    public void Pieces_join_without_a_seam()
    {
        using var scope = NewDisposeScope();
        // Two and a half pieces.
        var values = Draws.Normal([10_000_000]);
        SafetensorsFile.Write(Path, [("first", zeros(3)), ("a", values)]);
        using var reader = SafetensorsReader.Open(Path);
        var converted = zeros(10_000_000, dtype: float64);
        reader.CopyTo(reader.Find("a")!, converted);

        Assert.True(reader.Read(reader.Find("a")!).equal(values).all().item<bool>());
        Assert.True(converted.equal(values.to(float64)).all().item<bool>());
    }

    [Fact]
    public void Reading_leaves_nothing_but_the_tensors()
    {
        using var outer = NewDisposeScope();
        SafetensorsFile.Write(Path, [("a", ones(4)), ("b", ones(3))]);
        var target = zeros(4, dtype: float64);
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        using (var reader = SafetensorsReader.Open(Path))
        {
            reader.CopyTo(reader.Tensors[0], target);
            Assert.Equal(before, LiveTensors.Count);
            reader.Read(reader.Tensors[1]);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    private void ShouldBe(SafetensorsFault fault, byte[] file)
    {
        File.WriteAllBytes(Path, file);
        var exception = Assert.Throws<SafetensorsException>(Open);
        Assert.True(fault == exception.Fault, $"{exception.Fault}: {exception.Message}");
        Assert.Contains(Path, exception.Message, StringComparison.Ordinal);
    }

    private void Open() => SafetensorsReader.Open(Path).Dispose();
}
