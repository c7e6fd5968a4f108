using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Configuration;

/// <summary>The knobs of a configuration record: its settable properties in the order they are declared.</summary>
public static class KnobProperties
{
    // Asked for with every cell of a plan, and slow to find.
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Known = new();

    private static readonly ConcurrentDictionary<Type, bool> Nodes = new();
    private static readonly ConcurrentDictionary<Type, Type?> Items = new();
    private static readonly ConcurrentDictionary<Type, object> Defaults = new();
    private static readonly ConcurrentDictionary<PropertyInfo, KnobAttribute> Rules = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, PropertyInfo>> Named = new();

    /// <summary>A record with all its knobs at their defaults; records do not change.</summary>
    /// <param name="type">A record of the <see cref="RunConfig"/> tree.</param>
    internal static object DefaultsOf(Type type) =>
        Defaults.GetOrAdd(type, static found => Activator.CreateInstance(found)!);

    /// <summary>The knobs of one record type by their names.</summary>
    /// <param name="type">A record of the <see cref="RunConfig"/> tree.</param>
    internal static IReadOnlyDictionary<string, PropertyInfo> ByName(Type type) =>
        Named.GetOrAdd(type, found => Of(found).ToDictionary(property => property.Name));

    /// <summary>The unit and range of a knob; the defaults where it says none.</summary>
    /// <param name="property">A knob.</param>
    internal static KnobAttribute RuleOf(PropertyInfo property) =>
        Rules.GetOrAdd(property, found => found.GetCustomAttribute<KnobAttribute>() ?? new KnobAttribute());

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
        Items.GetOrAdd(
            property.PropertyType,
            static type =>
                type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableList<>)
                    ? type.GenericTypeArguments[0]
                    : null
        );

    /// <summary>Whether a type is a record of knobs.</summary>
    /// <param name="type">The type of a knob or of a list's items.</param>
    public static bool IsNode(Type type) =>
        Nodes.GetOrAdd(
            type,
            static found =>
                found.Namespace == typeof(RunConfig).Namespace && found is { IsClass: true, IsGenericType: false }
        );

    private static IReadOnlyList<PropertyInfo> Find(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .OrderBy(property => property.MetadataToken),
        ];
}
