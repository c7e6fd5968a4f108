using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Configuration;

/// <summary>The knobs of a configuration record: its settable properties in the order they are declared.</summary>
public static class KnobProperties
{
    // Asked for with every cell of a plan, and slow to find.
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Known = new();

    /// <summary>The knobs of one record type.</summary>
    /// <param name="type">A record of the <see cref="RunConfig"/> tree.</param>
    public static IEnumerable<PropertyInfo> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Whether the property is a record with knobs of its own.</summary>
    /// <param name="property">A knob.</param>
    public static bool IsNode(PropertyInfo property) => IsNode(property.PropertyType);

    /// <summary>The records in a knob that is a list of records; null for any other knob.</summary>
    /// <param name="property">A knob.</param>
    /// <param name="value">Its value.</param>
    public static IEnumerable<object>? NodesIn(PropertyInfo property, object? value) =>
        ItemType(property) is { } item && IsNode(item) ? (IEnumerable<object>)value! : null;

    /// <summary>The type of a list's items; null for a knob that is no list.</summary>
    /// <param name="property">A knob.</param>
    public static Type? ItemType(PropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } list
        && list.GetGenericTypeDefinition() == typeof(EquatableList<>)
            ? list.GenericTypeArguments[0]
            : null;

    /// <summary>Whether a type is a record of knobs.</summary>
    /// <param name="type">The type of a knob or of a list's items.</param>
    public static bool IsNode(Type type) =>
        type.Namespace == typeof(RunConfig).Namespace && type is { IsClass: true, IsGenericType: false };

    private static IReadOnlyList<PropertyInfo> Find(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .OrderBy(property => property.MetadataToken),
        ];
}
