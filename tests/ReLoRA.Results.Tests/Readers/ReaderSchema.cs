using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>What a record must hold, kind by kind, in the notation of the readers in Python and R: made from the types here.</summary>
internal static class ReaderSchema
{
    private static readonly Dictionary<Type, string> Inners = new()
    {
        [typeof(ResetLayer)] = "[layer]",
        [typeof(EvalDomain)] = "[domain]",
        [typeof(PairsPhenomenon)] = "[phenomenon]",
        [typeof(TaskFigure)] = "[figure]",
        [typeof(ProbeValue)] = "[value]",
    };

    /// <summary>The maps inside records, by the kind and the key under which they stand.</summary>
    public static IReadOnlyDictionary<(string Kind, string Key), string> Inner { get; } =
        Types()
            .SelectMany(one => one.Type.GetProperties().Select(property => (one.Name, property)))
            .Where(one => ItemOf(one.property.PropertyType) is { } item && Inners.ContainsKey(item))
            .ToDictionary(one => (one.Name, KeyOf(one.property)), one => Inners[ItemOf(one.property.PropertyType)!]);

    public static IReadOnlyDictionary<string, Dictionary<string, string>> Of() =>
        Types()
            .ToDictionary(
                one => one.Name,
                one =>
                    one.Type.GetProperties()
                        .Where(property => property.Name is not (nameof(LogRecord.Kind) or nameof(LogRecord.Measured)))
                        .ToDictionary(KeyOf, property => CodeOf(property) + (IsOptional(property) ? "?" : ""))
            );

    private static IEnumerable<(string Name, Type Type)> Types() =>
        typeof(LogRecord)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LogRecord)))
            .Select(type =>
                ((string)type.GetField("KindName", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!, type)
            )
            .Concat(Inners.Select(pair => (pair.Value, pair.Key)));

    private static string KeyOf(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static string CodeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            // The format's number decides whether a log is read at all, and is read as wide as there are integers.
            _ when property.Name == nameof(RunRecord.Format) || type == typeof(long) => "i",
            _ when type == typeof(int) => "s",
            _ when type == typeof(double) => "n",
            _ when type == typeof(string) => "t",
            _ when type == typeof(bool) => "b",
            _ when type == typeof(IReadOnlyList<double>) => "N",
            _ when type == typeof(IReadOnlyList<string>) => "T",
            _ => Inners[ItemOf(type)!],
        };
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static bool IsOptional(PropertyInfo property) =>
        property.Name != nameof(RunRecord.Format)
        && !property.IsDefined(typeof(RequiredMemberAttribute))
        && (
            ItemOf(property.PropertyType) is not null
            || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable
        );
}
