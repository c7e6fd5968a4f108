namespace ReLoRA.Results.Log;

/// <summary>Typed access to the keys of one map. Keys that nobody asks for are ignored: later versions may add some.</summary>
internal readonly struct FieldMap(IReadOnlyDictionary<string, object?> map, long offset)
{
    /// <summary>Where the record begins in the file.</summary>
    public long Offset { get; } = offset;

    public string Text(string key) => Find(key) as string ?? throw Wrong(key, "a string");

    public bool Flag(string key) => Find(key) as bool? ?? throw Wrong(key, "a boolean");

    /// <summary>A key that earlier versions did not write.</summary>
    public bool? OptionalFlag(string key) => map.ContainsKey(key) ? Flag(key) : null;

    public long Integer(string key) => Find(key) as long? ?? throw Wrong(key, "an integer of 64 bits");

    public int SmallInteger(string key)
    {
        var value = Integer(key);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Wrong(key, "an integer of 32 bits");
    }

    // Writers in other languages may store a whole number as an integer.
    public double Number(string key) => AsNumber(Find(key)) ?? throw Wrong(key, "a number");

    private static double? AsNumber(object? value) =>
        value switch
        {
            double number => number,
            long number => number,
            ulong number => number,
            _ => null,
        };

    /// <summary>A key that earlier versions did not write.</summary>
    public double? OptionalNumber(string key) => map.ContainsKey(key) ? Number(key) : null;

    /// <summary>A key that earlier versions did not write.</summary>
    public int? OptionalInteger(string key) => map.ContainsKey(key) ? SmallInteger(key) : null;

    /// <summary>A key that not every map has.</summary>
    public long? OptionalLong(string key) => map.ContainsKey(key) ? Integer(key) : null;

    /// <summary>A key that earlier versions did not write.</summary>
    public IReadOnlyList<double> OptionalNumbers(string key)
    {
        if (!map.ContainsKey(key))
            return [];
        if (Find(key) is not IReadOnlyList<object?> items)
            throw Wrong(key, "an array of numbers");
        var numbers = new double[items.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = AsNumber(items[i]) ?? throw Wrong(key, "an array of numbers");
        return numbers.AsReadOnly();
    }

    /// <summary>A key that not every map has.</summary>
    public IReadOnlyList<string> OptionalTexts(string key)
    {
        if (!map.ContainsKey(key))
            return [];
        if (Find(key) is not IReadOnlyList<object?> items)
            throw Wrong(key, "an array of strings");
        var texts = new string[items.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = items[i] as string ?? throw Wrong(key, "an array of strings");
        return texts.AsReadOnly();
    }

    /// <summary>A key that earlier versions did not write.</summary>
    public string? OptionalText(string key) => map.ContainsKey(key) ? Text(key) : null;

    public IReadOnlyList<T> Maps<T>(string key, Func<FieldMap, T> read)
    {
        if (Find(key) is not IReadOnlyList<object?> items)
            throw Wrong(key, "an array of maps");
        var result = new List<T>(items.Count);
        foreach (var item in items)
        {
            if (item is not IReadOnlyDictionary<string, object?> inner)
                throw Wrong(key, "an array of maps");
            result.Add(read(new FieldMap(inner, Offset)));
        }
        return result.AsReadOnly();
    }

    public IReadOnlyDictionary<string, object> Measured()
    {
        var result = new Dictionary<string, object>(StringComparer.Ordinal);
        if (map.TryGetValue("measured", out var value) && value is not null)
        {
            if (value is not IReadOnlyDictionary<string, object?> inner)
                throw Wrong("measured", "a map");
            foreach (var (key, item) in inner)
            {
                if (item is not null)
                    result.Add(key, item);
            }
        }
        return result.AsReadOnly();
    }

    private object Find(string key) =>
        map.TryGetValue(key, out var value) && value is not null
            ? value
            : throw new LogFormatException(LogFault.MissingKey, Offset, $"the record has no key '{key}'");

    private LogFormatException Wrong(string key, string wanted) =>
        new(LogFault.WrongType, Offset, $"the record's key '{key}' is not {wanted}");
}
