using System.Buffers.Binary;
using System.Text;

namespace ReLoRA.Core.Tests.Pickle;

/// <summary>A pickle written instruction by instruction: whatever a test wants, allowed or not.</summary>
internal sealed class PickleText
{
    private readonly List<byte> bytes = [];

    public static PickleText Protocol2 => new PickleText().Raw(0x80, 2);

    public byte[] Bytes => [.. bytes];

    /// <summary>A dictionary of one tensor <c>a</c> over storage <c>0</c>.</summary>
    public static byte[] One(string type, long count, long offset, long[] shape, long[] strides) =>
        Protocol2.Letters("}").Text("a").Tensor(type, "0", count, offset, shape, strides).Letters("s.").Bytes;

    public PickleText Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    /// <summary>Instructions without arguments.</summary>
    public PickleText Letters(string letters) => Raw(Encoding.Latin1.GetBytes(letters));

    public PickleText Text(string text)
    {
        var letters = Encoding.UTF8.GetBytes(text);
        return Letters("X").Number((uint)letters.Length).Raw(letters);
    }

    public PickleText Number(uint number)
    {
        Span<byte> raw = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(raw, number);
        return Raw([.. raw]);
    }

    public PickleText Whole(long number)
    {
        Span<byte> raw = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(raw, number);
        return Raw(0x8a, 8).Raw([.. raw]);
    }

    public PickleText Wholes(long[] numbers)
    {
        Letters("(");
        foreach (var number in numbers)
            Whole(number);
        return Letters("t");
    }

    public PickleText Global(string module, string name) => Letters($"c{module}\n{name}\n");

    public PickleText Storage(string type, string key, long count) =>
        Letters("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Whole(count).Letters("tQ");

    public PickleText Hooks() => Global("collections", "OrderedDict").Letters(")R");

    public PickleText Tensor(string type, string key, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2")
            .Letters("(")
            .Storage(type, key, count)
            .Whole(offset)
            .Wholes(shape)
            .Wholes(strides)
            .Raw(0x89)
            .Hooks()
            .Letters("tR");
}
