namespace ReLoRA.Core.Pickle;

/// <summary>The names that a pickle may mention: an allowed list, compared letter by letter.</summary>
internal static class KnownGlobals
{
    /// <summary>What is allowed, for messages.</summary>
    public static string Allowed { get; } =
        "torch._utils._rebuild_tensor_v2, torch._utils._rebuild_parameter, collections.OrderedDict and, of torch, "
        + StorageType.Readable;

    /// <returns>A <see cref="KnownFunction"/> or a <see cref="StorageType"/>; nothing for any other name.</returns>
    public static object? Find(string module, string name) =>
        (module, name) switch
        {
            ("torch._utils", "_rebuild_tensor_v2") => KnownFunction.RebuildTensor,
            ("torch._utils", "_rebuild_parameter") => KnownFunction.RebuildParameter,
            ("collections", "OrderedDict") => KnownFunction.OrderedDictionary,
            ("torch", _) => StorageType.Find(name),
            _ => null,
        };
}
