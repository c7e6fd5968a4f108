using System.Reflection;
using System.Runtime.CompilerServices;
using ReLoRA.Scripting.Language;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Language;

/// <summary>
/// The language is what users' scripts are written against: whatever changes in it is to be seen in a review. After a change
/// that is meant, copy the received file over the approved one.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_sweep_language_does_not_change_unnoticed()
    {
        var approved = Repository.PathOf("tests", "ReLoRA.Scripting.Tests", "Language", "PublicApi.approved.txt");
        var received = Describe();
        if (File.ReadAllText(approved) == received)
            return;
        var path = Path.ChangeExtension(approved, "")
            .TrimEnd('.')
            .Replace(".approved", ".received.txt", StringComparison.Ordinal);
        File.WriteAllText(path, received);
        Assert.Fail($"The public members of ReLoRA.Scripting.Language differ from {approved}; see {path}.");
    }

    [Fact]
    public void Every_call_is_static_so_that_a_program_has_it_too() =>
        Assert.Equal(
            [nameof(ScriptGlobals.Execute), "get_args"],
            typeof(ScriptGlobals)
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(call => call.Name)
                .Order(StringComparer.Ordinal)
        );

    private static string Describe()
    {
        var types = typeof(SweepDeclaration)
            .Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(SweepDeclaration).Namespace)
            .OrderBy(type => type.Name, StringComparer.Ordinal);
        return string.Concat(
            types.Select(type => $"{Name(type)}\n{string.Concat(Members(type).Select(member => $"    {member}\n"))}")
        );
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Own)
            .Where(member => member is not MethodInfo { IsSpecialName: true })
            .Select(member =>
                member switch
                {
                    MethodInfo method =>
                        $"{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
                    ConstructorInfo constructor => $"new({Parameters(constructor)})",
                    PropertyInfo property =>
                        $"{Name(property.PropertyType)} {property.Name} {{ get; {(property.CanWrite ? "set; " : "")}}}",
                    _ => $"{member.MemberType} {member.Name}",
                }
            )
            .Order(StringComparer.Ordinal);

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix =
            parameter.IsDefined(typeof(ParamCollectionAttribute)) || parameter.IsDefined(typeof(ParamArrayAttribute))
                ? "params "
            : parameter.IsDefined(typeof(CallerLineNumberAttribute)) ? "[CallerLineNumber] "
            : parameter.IsDefined(typeof(CallerFilePathAttribute)) ? "[CallerFilePath] "
            : "";
        var suffix = parameter.HasDefaultValue ? $" = {Default(parameter.RawDefaultValue)}" : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{suffix}";
    }

    private static string Default(object? value) =>
        value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            _ => FormattableString.Invariant($"{value}"),
        };

    private static string Name(Type type) =>
        type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
}
