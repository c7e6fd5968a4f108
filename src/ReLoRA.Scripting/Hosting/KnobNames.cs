using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Looks knobs up by names as a user may have mistyped them.</summary>
internal static class KnobNames
{
    /// <summary>More edits than this share of the name's length are no slip but another word.</summary>
    private const double LargestShare = 0.5;

    /// <summary>The type of the knob at a path; null where there is none.</summary>
    public static string? TypeOf(IReadOnlyList<string> path)
    {
        var type = typeof(RunConfig);
        foreach (var name in path)
        {
            if (KnobProperties.Of(type).FirstOrDefault(property => property.Name == name) is not { } property)
                return null;
            type = property.PropertyType;
        }
        return path.Count == 0 ? null : Show(type);
    }

    /// <summary>The path of the knob most like a name, those of the record it was looked for in first.</summary>
    /// <param name="record">The name of the record's type.</param>
    /// <param name="name">The name that it has not.</param>
    public static string? Nearest(string record, string name)
    {
        var known = All(typeof(RunConfig), "").ToList();
        if (!known.Any(knob => knob.Record == record) && record != nameof(RunConfig))
            return null;
        return known
            .Select(knob => (knob.Path, Home: knob.Record == record, Edits: NearNames.Edits(knob.Name, name)))
            .Where(knob => knob.Edits <= LargestShare * name.Length)
            .OrderBy(knob => knob.Edits)
            .ThenByDescending(knob => knob.Home)
            .Select(knob => knob.Path)
            .FirstOrDefault();
    }

    private static IEnumerable<(string Record, string Name, string Path)> All(Type type, string path)
    {
        foreach (var property in KnobProperties.Of(type))
        {
            var own = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            yield return (type.Name, property.Name, own);
            if (!KnobProperties.IsNode(property))
                continue;
            foreach (var inner in All(property.PropertyType, own))
                yield return inner;
        }
    }

    private static string Show(Type type) =>
        type == typeof(int) ? "int"
        : type == typeof(long) ? "long"
        : type == typeof(double) ? "double"
        : type == typeof(string) ? "string"
        : type.Name;
}
