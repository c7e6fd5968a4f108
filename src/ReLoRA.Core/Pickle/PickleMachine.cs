namespace ReLoRA.Core.Pickle;

/// <summary>
/// Follows the instructions of a pickle as far as they build a dictionary of tensors. It knows no instruction that makes an object
/// or calls a function of the file's choice: what a pickle can do to Python, it cannot ask for here.
/// </summary>
internal sealed class PickleMachine(byte[] pickle, Refusal refusal)
{
    private const int Protocol = 2;

    private readonly PickleBytes bytes = new(pickle, refusal);
    private readonly PickleStack stack = new(refusal);
    private readonly TensorRebuilder rebuilder = new(refusal);

    /// <exception cref="PickleException">It builds something else, or asks for something that is not allowed.</exception>
    public static PickledDictionary Run(byte[] pickle, Refusal refusal)
    {
        var machine = new PickleMachine(pickle, refusal);
        machine.RequireProtocol();
        while (machine.Step()) { }
        return machine.Result();
    }

    private void RequireProtocol()
    {
        if (pickle is [(byte)PickleOpcode.Proto, not Protocol, ..])
            throw refusal.Of(
                PickleFault.Protocol,
                $"its pickle is of protocol {pickle[1]}; allowed: {Protocol}, which torch.save writes when it is told no other"
            );
        if (pickle is not [(byte)PickleOpcode.Proto, Protocol, ..])
            throw refusal.Of(PickleFault.Protocol, $"its pickle does not begin with its protocol; allowed: {Protocol}");
    }

    /// <returns>Whether there is more.</returns>
    private bool Step()
    {
        var at = bytes.Position;
        var opcode = bytes.Byte();
        switch ((PickleOpcode)opcode)
        {
            case PickleOpcode.Proto when at == 0:
                bytes.Byte();
                break;
            case PickleOpcode.Stop:
                return false;
            case PickleOpcode.Mark:
                stack.Mark();
                break;
            case PickleOpcode.BinPut:
                stack.Remember(bytes.Byte());
                break;
            case PickleOpcode.LongBinPut:
                stack.Remember(bytes.Unsigned());
                break;
            case PickleOpcode.BinGet:
                stack.Recall(bytes.Byte());
                break;
            case PickleOpcode.LongBinGet:
                stack.Recall(bytes.Unsigned());
                break;
            case PickleOpcode.SetItem:
                SetItems(stack.Pop(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(stack.PopToMark());
                break;
            default:
                stack.Push(Value((PickleOpcode)opcode, at));
                break;
        }
        return true;
    }

    private object? Value(PickleOpcode opcode, int at) =>
        opcode switch
        {
            PickleOpcode.None => null,
            PickleOpcode.NewTrue => true,
            PickleOpcode.NewFalse => false,
            PickleOpcode.BinInt => (long)bytes.Integer(),
            PickleOpcode.BinInt1 => (long)bytes.Byte(),
            PickleOpcode.BinInt2 => (long)bytes.Word(),
            PickleOpcode.Long1 => bytes.Long(),
            PickleOpcode.BinUnicode => bytes.Text(),
            PickleOpcode.EmptyDict => new PickledDictionary(refusal),
            PickleOpcode.EmptyTuple => Tuple([]),
            PickleOpcode.Tuple1 => Tuple(stack.Pop(1)),
            PickleOpcode.Tuple2 => Tuple(stack.Pop(2)),
            PickleOpcode.Tuple3 => Tuple(stack.Pop(3)),
            PickleOpcode.Tuple => Tuple(stack.PopToMark()),
            PickleOpcode.Global => Global(bytes.Line(), bytes.Line()),
            PickleOpcode.BinPersId => rebuilder.Storage(stack.Pop()),
            PickleOpcode.Reduce => Reduce(stack.Pop(2)),
            _ => throw refusal.Of(
                PickleFault.Opcode,
                $"its pickle has, at byte {at}, the instruction {RefusedOpcodes.NameOf((byte)opcode)} (0x{(byte)opcode:x2}), "
                    + "which no dictionary of tensors needs. Nothing of the file was executed"
            ),
        };

    private PickledTuple Tuple(object?[] items)
    {
        var tuple = new PickledTuple(items);
        return tuple.Depth <= PickleLimits.Depth
            ? tuple
            : throw refusal.Of(PickleFault.TooLarge, $"its pickle nests deeper than {PickleLimits.Depth}");
    }

    private object Global(string module, string name) =>
        KnownGlobals.Find(module, name)
        ?? throw refusal.Of(
            PickleFault.Global,
            $"its pickle names {Refusal.Shown($"{module}.{name}")}; allowed: {KnownGlobals.Allowed}. "
                + "Nothing of the file was executed"
        );

    private object Reduce(object?[] call) =>
        call is [KnownFunction function, PickledTuple arguments]
            ? rebuilder.Call(function, arguments.Items)
            : throw refusal.Of(
                PickleFault.Structure,
                $"its pickle calls {Kinds.Of(call[0])} with {Kinds.Of(call[1])}. Nothing of the file was executed"
            );

    private void SetItems(object?[] items)
    {
        if (stack.Top is not PickledDictionary dictionary || items.Length % 2 != 0)
            throw refusal.Of(PickleFault.Structure, "its pickle puts keys and values into what is no dictionary");
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private PickledDictionary Result()
    {
        var root = stack.Pop();
        if (root is not PickledDictionary dictionary)
            throw refusal.Of(PickleFault.Structure, $"it holds {Kinds.Of(root)}; allowed: a dictionary of tensors");
        if (!stack.IsEmpty || !bytes.IsAtEnd)
            throw refusal.Of(PickleFault.Structure, "its pickle ends with something left over");
        var elements = dictionary.Names.Aggregate((Int128)0, (sum, name) => sum + dictionary[name].Elements);
        return elements <= PickleLimits.Elements
            ? dictionary
            : throw refusal.Of(
                PickleFault.TooLarge,
                $"its tensors have {elements} elements together; allowed: {PickleLimits.Elements}"
            );
    }
}
