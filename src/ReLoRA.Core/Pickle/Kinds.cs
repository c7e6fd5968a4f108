namespace ReLoRA.Core.Pickle;

/// <summary>What something of a pickle is, in words.</summary>
internal static class Kinds
{
    public static string Of(object? value) =>
        value switch
        {
            null => "None",
            string => "a text",
            bool => "a truth value",
            long => "a whole number",
            PickledTuple => "a tuple",
            PickledDictionary => "a dictionary",
            PickledStorage => "a storage",
            PickledTensor => "a tensor",
            StorageType => "a type of storage",
            _ => "a function",
        };
}
