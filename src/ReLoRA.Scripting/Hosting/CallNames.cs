using System.Reflection;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Looks the language's calls, their parameters and the members of its types up by names as a user may have mistyped them.</summary>
internal static class CallNames
{
    /// <summary>More edits than this share of the name's length are no slip but another word.</summary>
    private const double LargestShare = 0.5;

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly IReadOnlyList<MethodInfo> OfSweeps =
    [
        .. typeof(SweepDeclaration).GetMethods(Public).Where(method => method.DeclaringType != typeof(object)),
    ];

    private static readonly IReadOnlyList<MethodInfo> OfScripts =
    [
        .. typeof(ScriptGlobals)
            .GetMethods(Public)
            .Where(method => method.DeclaringType == typeof(ScriptGlobals) && !method.IsSpecialName),
    ];

    /// <summary>Whether sweeps have a call of this name.</summary>
    public static bool IsOfSweeps(string name) => OfSweeps.Any(call => call.Name == name);

    /// <summary>Whether scripts have a call of this name that is no sweep's.</summary>
    public static bool IsOfScripts(string name) => OfScripts.Any(call => call.Name == name);

    /// <summary>Whether the name is that of a branch of the configuration.</summary>
    public static bool IsRecord(string name) =>
        KnobProperties.Of(typeof(RunConfig)).Any(property => property.Name == name);

    /// <summary>The call without a prefix that is most like a name; null where none is like it.</summary>
    public static string? NearestOfScripts(string name) =>
        Nearest(name, OfScripts.Select(call => call.Name).Append(nameof(Presets)));

    /// <summary>The member of a type of the language that is most like a name; null where none is like it.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="name">The name that it has not.</param>
    public static string? NearestMember(string type, string name)
    {
        var found = ((Type[])[typeof(RunConfig), typeof(SweepDeclaration)])
            .Select(neighbour => neighbour.Assembly.GetType($"{neighbour.Namespace}.{type}"))
            .FirstOrDefault(known => known is not null);
        return found is null ? null
            : found == typeof(SweepDeclaration) ? Nearest(name, OfSweeps.Select(call => call.Name))
            : Nearest(name, found.GetMembers(Public).Select(member => member.Name));
    }

    /// <summary>The parameter of a call that is most like a name; null where none is like it.</summary>
    public static string? NearestParameter(string call, string name) =>
        Nearest(
            name,
            OfSweeps
                .Concat(OfScripts)
                .Where(method => method.Name == call)
                .SelectMany(method => method.GetParameters())
                .Select(parameter => parameter.Name!)
        );

    private static string? Nearest(string name, IEnumerable<string> names) =>
        NearNames.Of(name, names, 1).FirstOrDefault(near => NearNames.Edits(near, name) <= LargestShare * name.Length);
}
