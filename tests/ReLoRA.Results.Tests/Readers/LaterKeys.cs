using ReLoRA.Results.Log;
using ReLoRA.Results.Tests.Log;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>A log as a later version could write it: beside every key, whether it is there or not, one that begins like it.</summary>
internal static class LaterKeys
{
    public const string Suffix = "_later";

    public static byte[] Of(RunLog log) =>
        [
            .. log
                .Entries.Where(entry => entry.Kind != "crc")
                .SelectMany(entry =>
                    LogFiles.Map([.. With(entry.Kind, entry.Map).Select(pair => (pair.Key, pair.Value))])
                ),
        ];

    private static Dictionary<string, object?> With(string name, IReadOnlyDictionary<string, object?> map) =>
        map.Select(pair => KeyValuePair.Create(pair.Key, Inner(name, pair.Key, pair.Value)))
            .Concat(
                ReaderSchema
                    .Of()[name]
                    .Keys.Append(nameof(LogRecord.Kind).ToLowerInvariant())
                    .Append(nameof(LogRecord.Measured).ToLowerInvariant())
                    .Select(key => KeyValuePair.Create(key + Suffix, (object?)"y"))
            )
            .ToDictionary();

    private static object? Inner(string name, string key, object? value) =>
        ReaderSchema.Inner.TryGetValue((name, key), out var inner)
            ? ((IReadOnlyList<object?>)value!)
                .Select(item => (object?)With(inner, (IReadOnlyDictionary<string, object?>)item!))
                .ToArray()
            : value;
}
