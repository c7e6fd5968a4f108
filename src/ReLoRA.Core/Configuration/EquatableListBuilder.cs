namespace ReLoRA.Core.Configuration;

/// <summary>Builds <see cref="EquatableList{T}"/> from a collection expression.</summary>
public static class EquatableList
{
    /// <summary>Creates a list of the given items.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">The items, copied.</param>
    public static EquatableList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
