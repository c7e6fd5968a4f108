using System.Reflection;

namespace ReLoRA.Core.Configuration;

/// <summary>Reads and replaces knobs of a configuration by their path, for example <c>LowRank.Rank</c>.</summary>
public static class KnobTree
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod(
        "MemberwiseClone",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    /// <summary>The leaves under a record, with their paths, in the order they are declared.</summary>
    /// <param name="node">A record of the <see cref="RunConfig"/> tree.</param>
    /// <param name="path">The record's own path; empty for the whole configuration.</param>
    public static IEnumerable<KeyValuePair<string, object>> Leaves(object node, string path = "")
    {
        foreach (var property in KnobProperties.Of(node.GetType()))
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var value = property.GetValue(node)!;
            if (!KnobProperties.IsNode(property))
                yield return KeyValuePair.Create(name, value);
            else
                foreach (var leaf in Leaves(value, name))
                    yield return leaf;
        }
    }

    /// <summary>The value at a path.</summary>
    /// <param name="config">The configuration to read.</param>
    /// <param name="path">The path of a knob or of a record of knobs.</param>
    /// <exception cref="ArgumentException">There is no such knob.</exception>
    public static object? Get(RunConfig config, string path) =>
        path.Split('.').Aggregate((object?)config, (node, name) => Property(node!.GetType(), name).GetValue(node));

    /// <summary>A copy of the configuration with another value at a path; records on the way are copied too.</summary>
    /// <param name="config">The configuration to copy.</param>
    /// <param name="path">The path of a knob or of a record of knobs.</param>
    /// <param name="value">The new value, of the knob's type.</param>
    /// <exception cref="ArgumentException">There is no such knob, or the value is not of its type.</exception>
    public static RunConfig With(RunConfig config, string path, object? value) =>
        (RunConfig)With(config, path.Split('.'), value);

    private static object With(object node, ReadOnlySpan<string> path, object? value)
    {
        var property = Property(node.GetType(), path[0]);
        var replaced = path.Length == 1 ? value : With(property.GetValue(node)!, path[1..], value);
        // Records are shallow and immutable, so a member-wise copy is what their own `with` makes.
        var copy = Clone.Invoke(node, null)!;
        property.SetValue(copy, replaced);
        return copy;
    }

    private static PropertyInfo Property(Type type, string name) =>
        KnobProperties.ByName(type).GetValueOrDefault(name)
        ?? throw new ArgumentException($"{type.Name} has no knob {name}.", nameof(name));
}
