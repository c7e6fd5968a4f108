using System.Reflection;

namespace ReLoRA.Core.Configuration;

/// <summary>Builds <see cref="EquatableList{T}"/> from a collection expression.</summary>
public static class EquatableList
{
    /// <summary>Creates a list of the given items.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">The items, copied.</param>
    public static EquatableList<T> Create<T>(ReadOnlySpan<T> items) => new(items);

    /// <summary>Creates a list whose item type is known at run time only.</summary>
    internal static object Of(Type item, IEnumerable<object> items)
    {
        object[] all = [.. items];
        var typed = Array.CreateInstance(item, all.Length);
        Array.Copy(all, typed, all.Length);
        return typeof(EquatableList)
            .GetMethod(nameof(FromArray), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(item)
            .Invoke(null, [typed])!;
    }

    private static EquatableList<T> FromArray<T>(T[] items) => new(items);
}
