using System.Buffers.Binary;
using System.Text;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("file.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back_to_the_bit()
    {
        using var scope = NewDisposeScope();
        (string Name, Tensor Value)[] tensors =
        [
            ("a", Draws.Normal([3, 5])),
            ("b", Draws.Normal([2], float64)),
            ("scalar", tensor(7, dtype: int64)),
            ("half", Draws.Normal([4, 1]).to(bfloat16)),
        ];

        SafetensorsFile.Write(Path, tensors);
        var read = SafetensorsFile.Read(Path);

        Assert.Equal(tensors.Select(tensor => tensor.Name), read.Keys);
        foreach (var (name, value) in tensors)
        {
            Assert.Equal(value.shape, read[name].shape);
            Assert.True(value.bytes.SequenceEqual(read[name].bytes), name);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_typed_fault()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(Path, [("a", ones(4)), ("b", ones(3))]);
        var whole = File.ReadAllBytes(Path);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<CheckpointException>(() =>
            {
                SafetensorsFile.Read(Path);
            });
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", "type Q4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "the entry of a is incomplete")]
    [InlineData("""["a"]""", "no JSON object")]
    [InlineData("{]", "cannot be read")]
    public void A_malformed_header_is_a_typed_fault(string header, string message)
    {
        var bytes = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header).CopyTo(bytes, 8);
        File.WriteAllBytes(Path, bytes);

        var fault = Assert.Throws<CheckpointException>(() =>
        {
            SafetensorsFile.Read(Path);
        });

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
