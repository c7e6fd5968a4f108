using System.Linq.Expressions;
using System.Reflection;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>The knob that a lambda like <c>c =&gt; c.LowRank.Rank</c> names.</summary>
internal static class KnobPath
{
    /// <summary>The knob's path, for example <c>LowRank.Rank</c>.</summary>
    /// <exception cref="Core.UserFaultException">The lambda is no path to a knob that a sweep can vary.</exception>
    public static string Of<T>(Expression<Func<RunConfig, T>> knob, ScriptPlace place, string call = "Grid")
    {
        if (knob.Body is UnaryExpression { NodeType: ExpressionType.Convert, Operand: MemberExpression wider })
            throw ScriptFault.At(
                place,
                $".{call}(c => c.{Names(wider)}): the knob is of type {TypeName(wider.Type)}, the values are of type "
                    + $"{TypeName(typeof(T))}. Write values of the knob's type."
            );
        var names = new Stack<string>();
        var node = knob.Body;
        while (node is MemberExpression { Member: PropertyInfo property } member)
        {
            if (!KnobProperties.Of(property.DeclaringType!).Any(known => known.Name == property.Name))
                throw ScriptFault.At(
                    place,
                    $".{call}({knob}): {property.DeclaringType!.Name}.{property.Name} follows from other knobs and cannot "
                        + $"be set. Knobs there: {string.Join(", ", KnobProperties.Of(property.DeclaringType).Select(known => known.Name))}."
                );
            if (property.GetCustomAttribute<KnobAttribute>() is { AltersWeights: false })
                throw ScriptFault.At(
                    place,
                    $".{call}({knob}): {property.Name} alters no weights, so all its values would be the same cell. "
                        + "Set it on the preset: Sweep(name, preset with { ... })."
                );
            names.Push(property.Name);
            node = member.Expression;
        }
        if (node != knob.Parameters[0] || names.Count == 0)
            throw ScriptFault.At(
                place,
                $".{call}({knob}): this is no path to a knob. Allowed: a lambda that only names a knob, for example "
                    + "c => c.LowRank.Rank; what is to be computed goes into the values."
            );
        return string.Join('.', names);
    }

    private static string Names(MemberExpression member) =>
        member.ToString()[(member.ToString().IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string TypeName(Type type) =>
        type == typeof(int) ? "int"
        : type == typeof(long) ? "long"
        : type == typeof(double) ? "double"
        : type.Name;
}
