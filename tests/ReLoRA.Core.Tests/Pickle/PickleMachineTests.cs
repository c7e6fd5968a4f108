using ReLoRA.Core.Pickle;

namespace ReLoRA.Core.Tests.Pickle;

public sealed class PickleMachineTests
{
    private const string Marker = "executed-by-a-pickle";

    public static TheoryData<string, byte[], PickleFault, string> Attacks =>
        new()
        {
            { "GLOBAL", Call("os", "system"), PickleFault.Global, "os.system" },
            { "GLOBAL posix", Call("posix", "system"), PickleFault.Global, "posix.system" },
            { "GLOBAL eval", Call("builtins", "eval"), PickleFault.Global, "builtins.eval" },
            { "GLOBAL of Python 2", Call("__builtin__", "eval"), PickleFault.Global, "__builtin__.eval" },
            { "GLOBAL torch", Call("torch", "load"), PickleFault.Global, "torch.load" },
            { "GLOBAL dotted", Call("torch", "FloatStorage.__init__"), PickleFault.Global, "FloatStorage.__init__" },
            { "GLOBAL dotted module", Call("torch._utils.os", "system"), PickleFault.Global, "_utils.os.system" },
            { "GLOBAL of .NET", Call("System.Diagnostics", "Process.Start"), PickleFault.Global, "Process.Start" },
            { "GLOBAL quantized", Call("torch", "QInt8Storage"), PickleFault.Global, "BFloat16Storage" },
            { "GLOBAL v3", Call("torch._utils", "_rebuild_tensor_v3"), PickleFault.Global, "_rebuild_tensor_v3" },
            { "GLOBAL capital", Call("Torch", "FloatStorage"), PickleFault.Global, "Torch.FloatStorage" },
            { "GLOBAL blank", Call("torch ", "FloatStorage"), PickleFault.Global, "torch .FloatStorage" },
            { "GLOBAL control", Call("os\u001b[2J", "system"), PickleFault.Global, "os?[2J.system" },
            {
                "STACK_GLOBAL",
                PickleText.Protocol2.Text("os").Text("system").Raw(0x93).Bytes,
                PickleFault.Opcode,
                "STACK_GLOBAL (0x93)"
            },
            {
                "INST",
                PickleText.Protocol2.Letters("(").Text("touch " + Marker).Letters("ios\nsystem\n.").Bytes,
                PickleFault.Opcode,
                "INST (0x69)"
            },
            {
                "OBJ",
                PickleText.Protocol2.Letters("(").Global("collections", "OrderedDict").Letters("o.").Bytes,
                PickleFault.Opcode,
                "OBJ (0x6f)"
            },
            {
                "NEWOBJ",
                PickleText.Protocol2.Global("collections", "OrderedDict").Letters(")\u0081.").Bytes,
                PickleFault.Opcode,
                "NEWOBJ (0x81)"
            },
            {
                "NEWOBJ_EX",
                PickleText.Protocol2.Global("collections", "OrderedDict").Letters(")}\u0092.").Bytes,
                PickleFault.Opcode,
                "NEWOBJ_EX (0x92)"
            },
            { "BUILD", PickleText.Protocol2.Hooks().Letters("}b.").Bytes, PickleFault.Opcode, "BUILD (0x62)" },
            { "EXT1", PickleText.Protocol2.Raw(0x82, 1).Bytes, PickleFault.Opcode, "EXT1 (0x82)" },
            { "EXT2", PickleText.Protocol2.Raw(0x83, 1, 0).Bytes, PickleFault.Opcode, "EXT2 (0x83)" },
            { "EXT4", PickleText.Protocol2.Raw(0x84, 1, 0, 0, 0).Bytes, PickleFault.Opcode, "EXT4 (0x84)" },
            { "PERSID", PickleText.Protocol2.Letters("P0\n.").Bytes, PickleFault.Opcode, "PERSID (0x50)" },
            { "unknown", PickleText.Protocol2.Raw(0xfe).Bytes, PickleFault.Opcode, "no pickle knows (0xfe)" },
            {
                "REDUCE of a text",
                PickleText.Protocol2.Text("os.system").Letters(")R.").Bytes,
                PickleFault.Structure,
                "calls a text with a tuple"
            },
            {
                "REDUCE of a type of storage",
                PickleText.Protocol2.Global("torch", "FloatStorage").Letters(")R.").Bytes,
                PickleFault.Structure,
                "calls a type of storage"
            },
            {
                "OrderedDict with content",
                PickleText.Protocol2.Global("collections", "OrderedDict").Letters(")\u0085R.").Bytes,
                PickleFault.Structure,
                "OrderedDictionary (a tuple)"
            },
        };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void What_could_make_Python_execute_something_is_refused_by_name(
        string name,
        byte[] pickle,
        PickleFault fault,
        string says
    )
    {
        var exception = ShouldBe(fault, pickle);

        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing of the file was executed", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Marker), name);
    }

    [Fact]
    public void Every_instruction_that_is_not_needed_is_refused()
    {
        var known = Enum.GetValues<PickleOpcode>().Select(opcode => (byte)opcode).ToHashSet();
        var others = Enumerable.Range(0, 256).Select(opcode => (byte)opcode).Where(opcode => !known.Contains(opcode));
        foreach (var opcode in others)
            ShouldBe(PickleFault.Opcode, PickleText.Protocol2.Letters("(}))").Raw(opcode).Bytes);
        Assert.Equal(26, known.Count);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var tuples = PickleText.Protocol2.Letters(")");
        for (var i = 0; i < 1_000_000; i++)
            tuples.Raw(0x85);

        ShouldBe(PickleFault.TooLarge, tuples.Letters(".").Bytes);
        ShouldBe(PickleFault.TooLarge, PickleText.Protocol2.Letters(new string('(', 1_000_000)).Bytes);
    }

    [Fact]
    public void Stack_memo_names_and_tensors_are_bounded()
    {
        ShouldBe(PickleFault.TooLarge, PickleText.Protocol2.Letters(new string('}', 1_000_000)).Bytes);
        var memo = PickleText.Protocol2.Letters("}");
        for (var i = 0u; i <= PickleLimits.Memo; i++)
            memo.Letters("r").Number(i);
        ShouldBe(PickleFault.TooLarge, memo.Bytes);
        ShouldBe(PickleFault.TooLarge, Named(new string('n', PickleLimits.NameLetters + 1)));
        Run(Named(new string('n', PickleLimits.NameLetters)));
        ShouldBe(PickleFault.TooLarge, Tensors(PickleLimits.Tensors + 1, 1));
        Assert.Equal(PickleLimits.Tensors, Run(Tensors(PickleLimits.Tensors, 1)).Names.Count);
        // The same million elements under 5,000 names.
        ShouldBe(PickleFault.TooLarge, Tensors(5_000, 1_000_000));

        static byte[] Named(string name) =>
            PickleText.Protocol2.Letters("}").Text(name).Tensor("FloatStorage", "0", 1, 0, [], []).Letters("s.").Bytes;

        static byte[] Tensors(int count, long size)
        {
            var pickle = PickleText
                .Protocol2.Tensor("FloatStorage", "0", 1, 0, [size], [0])
                .Letters("r")
                .Number(70_000);
            pickle = PickleText
                .Protocol2.Letters("}")
                .Text("first")
                .Tensor("FloatStorage", "0", 1, 0, [size], [0])
                .Letters("r")
                .Number(70_000)
                .Letters("s");
            for (var i = 1; i < count; i++)
                pickle.Text($"{i}").Letters("j").Number(70_000).Letters("s");
            return pickle.Letters(".").Bytes;
        }
    }

    [Fact]
    public void A_length_that_is_only_claimed_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        ShouldBe(PickleFault.Truncated, PickleText.Protocol2.Letters("X").Number(uint.MaxValue).Letters("a").Bytes);
        ShouldBe(PickleFault.Truncated, PickleText.Protocol2.Letters("X").Number(2_000_000_000).Letters("a").Bytes);
        ShouldBe(PickleFault.Truncated, PickleText.Protocol2.Raw(0x8a, 8, 1).Bytes);
        ShouldBe(PickleFault.Structure, PickleText.Protocol2.Raw(0x8a, 255, 1).Bytes);
        ShouldBe(
            PickleFault.Structure,
            PickleText.Protocol2.Letters("}r").Number(uint.MaxValue).Letters("j").Number(7).Bytes
        );
        ShouldBe(PickleFault.Global, PickleText.Protocol2.Letters("c" + new string('o', 1_000)).Bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_pickle_that_ends_anywhere_is_refused()
    {
        var whole = PickleText.One("FloatStorage", 6, 0, [2, 3], [3, 1]);
        for (var length = 2; length < whole.Length; length++)
            ShouldBe(PickleFault.Truncated, whole[..length]);
        ShouldBe(PickleFault.Protocol, []);
        ShouldBe(PickleFault.Protocol, whole[..1]);
        ShouldBe(PickleFault.Protocol, whole[2..]);
        ShouldBe(PickleFault.Structure, [.. whole, 0]);
    }

    [Fact]
    public void A_stack_that_holds_too_little_is_refused()
    {
        string[] pickles =
        [
            ".",
            "s.",
            "}s.",
            "u.",
            "(u.",
            "t.",
            "\u0085",
            ")\u0086",
            "R",
            "q\0",
            "Q",
            "}(s",
            "(\u0085",
            "}}.",
            "}(.",
            "(}.",
            "N.",
        ];
        foreach (var letters in pickles)
            ShouldBe(PickleFault.Structure, PickleText.Protocol2.Letters(letters).Bytes);
        ShouldBe(PickleFault.Opcode, PickleText.Protocol2.Raw(0x80, 2).Bytes);
    }

    [Fact]
    public void A_dictionary_of_anything_but_tensors_is_refused()
    {
        ShouldBe(PickleFault.Structure, Pair(pickle => pickle.Text("a").Whole(1)));
        ShouldBe(PickleFault.Structure, Pair(pickle => pickle.Text("a").Letters("}")));
        ShouldBe(PickleFault.Structure, Pair(pickle => pickle.Text("a").Storage("FloatStorage", "0", 1)));
        ShouldBe(PickleFault.Structure, Pair(pickle => pickle.Whole(1).Tensor("FloatStorage", "0", 1, 0, [], [])));
        ShouldBe(PickleFault.Text, Pair(pickle => pickle.Letters("X").Number(2).Raw(0xc3, 0x28).Letters("N")));
        // Half a surrogate pair, which Python writes.
        ShouldBe(PickleFault.Text, Pair(pickle => pickle.Letters("X").Number(3).Raw(0xed, 0xa0, 0x80).Letters("N")));
        // Itself.
        ShouldBe(PickleFault.Structure, PickleText.Protocol2.Letters("}q\0").Text("a").Letters("h\0s.").Bytes);
        ShouldBe(
            PickleFault.DuplicateName,
            PickleText
                .Protocol2.Letters("}")
                .Letters("(")
                .Text("a")
                .Tensor("FloatStorage", "0", 1, 0, [], [])
                .Text("a")
                .Tensor("FloatStorage", "0", 1, 0, [], [])
                .Letters("u.")
                .Bytes
        );
        Assert.Empty(Run(PickleText.Protocol2.Letters("}.").Bytes).Names);

        static byte[] Pair(Func<PickleText, PickleText> pair) =>
            pair(PickleText.Protocol2.Letters("}")).Letters("s.").Bytes;
    }

    [Theory]
    [InlineData(6, 0, "2,3", "3", PickleFault.Shape)]
    [InlineData(6, -1, "2,3", "3,1", PickleFault.Shape)]
    [InlineData(6, 0, "-2,3", "3,1", PickleFault.Shape)]
    [InlineData(6, 5, "2,3", "3,-1", PickleFault.Shape)]
    [InlineData(6, 0, "4294967296,4294967296", "0,0", PickleFault.Shape)]
    [InlineData(6, 0, "0,9223372036854775807,2", "1,1,1", PickleFault.Shape)]
    [InlineData(6, 0, "3,3", "9223372036854775807,1", PickleFault.Shape)]
    [InlineData(6, 1, "2,3", "3,1", PickleFault.OutsideStorage)]
    [InlineData(6, 0, "2,3", "4,1", PickleFault.OutsideStorage)]
    [InlineData(6, 6, "", "", PickleFault.OutsideStorage)]
    [InlineData(6, 7, "0", "1", PickleFault.OutsideStorage)]
    [InlineData(6, 9223372036854775807, "", "", PickleFault.OutsideStorage)]
    [InlineData(-1, 0, "0", "1", PickleFault.Structure)]
    [InlineData(1, 0, "4294967297", "0", PickleFault.TooLarge)]
    [InlineData(6, 5, "", "", null)]
    [InlineData(6, 6, "0", "1", null)]
    [InlineData(0, 0, "0,3", "3,1", null)]
    [InlineData(1, 0, "4294967296", "0", null)]
    [InlineData(6, 0, "1,6", "9223372036854775807,1", null)]
    public void A_tensor_lies_within_its_storage(
        long count,
        long offset,
        string shape,
        string strides,
        PickleFault? fault
    )
    {
        var pickle = PickleText.One("FloatStorage", count, offset, Numbers(shape), Numbers(strides));

        if (fault is { } expected)
            ShouldBe(expected, pickle);
        else
            Assert.Single(Run(pickle).Names);

        static long[] Numbers(string text) =>
            Array.ConvertAll(text.Split(',', StringSplitOptions.RemoveEmptyEntries), long.Parse);
    }

    [Fact]
    public void A_shape_of_more_sizes_than_libtorch_has_is_refused()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 65)];

        ShouldBe(PickleFault.Shape, PickleText.One("FloatStorage", 1, 0, ones, ones));
        Assert.Equal(64, Run(PickleText.One("FloatStorage", 1, 0, ones[1..], ones[1..]))["a"].Shape.Length);
    }

    private static byte[] Call(string module, string name) =>
        PickleText.Protocol2.Global(module, name).Text("touch " + Marker).Letters("\u0085R.").Bytes;

    private static PickledDictionary Run(byte[] pickle) => PickleMachine.Run(pickle, new Refusal("file.pt"));

    private static PickleException ShouldBe(PickleFault fault, byte[] pickle)
    {
        var exception = Assert.Throws<PickleException>(() => Run(pickle));
        Assert.True(fault == exception.Fault, $"{exception.Fault}: {exception.Message}");
        Assert.StartsWith("file.pt is refused: ", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 0, 600);
        return exception;
    }
}
