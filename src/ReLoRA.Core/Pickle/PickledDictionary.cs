namespace ReLoRA.Core.Pickle;

/// <summary>Tensors by name, in the file's order.</summary>
internal sealed class PickledDictionary(Refusal refusal)
{
    private Dictionary<string, PickledTensor>? byName;
    private List<string>? names;

    public IReadOnlyList<string> Names => names ?? [];

    public PickledTensor this[string name] => byName![name];

    public bool Has(string name) => byName?.ContainsKey(name) == true;

    public void Add(object? key, object? value)
    {
        if (key is not string name)
            throw refusal.Of(PickleFault.Structure, $"a key of its dictionary is {Kinds.Of(key)}; allowed: a text");
        if (name.Length > PickleLimits.NameLetters)
            throw refusal.Of(
                PickleFault.TooLarge,
                $"a name has {name.Length} letters; allowed: {PickleLimits.NameLetters}"
            );
        if (value is not PickledTensor tensor)
            throw refusal.Of(
                PickleFault.Structure,
                $"{Refusal.Shown(name)} is {Kinds.Of(value)}; allowed: a tensor. Nothing of the file was executed. "
                    + "Of a module, write torch.save(dict(module.state_dict()), path)"
            );
        if (Names.Count == PickleLimits.Tensors)
            throw refusal.Of(PickleFault.TooLarge, $"it has more than {PickleLimits.Tensors} tensors");
        // Most dictionaries of a file are the empty ones of hooks.
        byName ??= new(StringComparer.Ordinal);
        names ??= [];
        if (!byName.TryAdd(name, tensor))
            throw refusal.Of(PickleFault.DuplicateName, $"{Refusal.Shown(name)} stands twice in its dictionary");
        names.Add(name);
    }
}
