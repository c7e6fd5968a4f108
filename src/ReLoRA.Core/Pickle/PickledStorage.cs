namespace ReLoRA.Core.Pickle;

/// <summary>A storage that tensors lie in.</summary>
/// <param name="Type">Its element type.</param>
/// <param name="Key">The name of its entry in the archive.</param>
/// <param name="Count">Its elements, as the pickle says.</param>
internal sealed record PickledStorage(StorageType Type, string Key, long Count);
