using System.Reflection;
using System.Text.Json.Serialization;

namespace ReLoRA.Core.Configuration;

/// <summary>The knobs of a configuration record: its settable properties in the order they are declared.</summary>
public static class KnobProperties
{
    /// <summary>The knobs of one record type.</summary>
    /// <param name="type">A record of the <see cref="RunConfig"/> tree.</param>
    public static IEnumerable<PropertyInfo> Of(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(property => property.MetadataToken);

    /// <summary>Whether the property is a record with knobs of its own.</summary>
    /// <param name="property">A knob.</param>
    public static bool IsNode(PropertyInfo property) =>
        property.PropertyType.Namespace == typeof(RunConfig).Namespace
        && property.PropertyType is { IsClass: true, IsGenericType: false };
}
