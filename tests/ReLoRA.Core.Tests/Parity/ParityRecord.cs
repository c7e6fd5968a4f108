using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>
/// Remembers where every recorded tensor and number came from, and by how much ours deviated when a test compared it: the figures
/// of docs/parity.md.
/// </summary>
internal static class ParityRecord
{
    private static readonly ConditionalWeakTable<object, Source> Sources = [];
    private static readonly Dictionary<ParityKey, ParityRow> Found = [];
    private static readonly Dictionary<string, HashSet<string>> ComparedEntries = new(StringComparer.Ordinal);
    private static readonly Dictionary<(string File, string Entry), ParityCase> UndefinedEntries = [];
    private static readonly Lock Gate = new();

    /// <summary>Every line, in the order of its file and kind.</summary>
    public static IReadOnlyList<(ParityKey Key, ParityRow Row)> Rows
    {
        get
        {
            lock (Gate)
                return
                [
                    .. Found
                        .OrderBy(pair => pair.Key.File, StringComparer.Ordinal)
                        .ThenBy(pair => pair.Key.Kind, StringComparer.Ordinal)
                        .ThenBy(pair => pair.Key.Tolerance)
                        .ThenBy(pair => pair.Key.Test, StringComparer.Ordinal)
                        .Select(pair => (pair.Key, pair.Value)),
                ];
        }
    }

    /// <summary>Every entry of a file that is undefined or rounding as published and that a test answered, in the order of the file's tests.</summary>
    public static IReadOnlyList<ParityCase> Cases(string file)
    {
        lock (Gate)
            return
            [
                .. UndefinedEntries
                    .Values.Where(found => found.File == file)
                    .OrderBy(found => found.Entry, StringComparer.Ordinal),
            ];
    }

    /// <summary>Remembers where an object was read from.</summary>
    public static void Register(object read, string file, string entry) =>
        Sources.AddOrUpdate(read, new Source(file, entry));

    /// <summary>Whether an entry of a file was compared by any test of this process.</summary>
    public static bool IsCompared(string file, string entry)
    {
        lock (Gate)
            return ComparedEntries.TryGetValue(file, out var entries) && entries.Contains(entry);
    }

    /// <summary>Notes a comparison with a recorded tensor; does nothing for one of unknown origin.</summary>
    public static void Add(TorchSharp.torch.Tensor expected, double deviation, double tolerance)
    {
        if (Sources.TryGetValue(expected, out var source))
            Add(source.File, source.Entry, deviation, tolerance, isRelative: false);
    }

    /// <summary>Notes a comparison with a recorded number.</summary>
    public static void Add(JsonNode expected, double deviation, double tolerance, bool isRelative)
    {
        if (Sources.TryGetValue(expected.Root, out var source))
            Add(source.File, expected.GetPath(), deviation, tolerance, isRelative);
    }

    /// <summary>Notes what stands here for a recorded entry that is undefined or rounding.</summary>
    public static void AddCase(JsonNode expected, string published, string ours)
    {
        if (!Sources.TryGetValue(expected.Root, out var source))
            return;
        var entry = expected.GetPath();
        lock (Gate)
            UndefinedEntries[(source.File, entry)] = new ParityCase(source.File, entry, published, ours);
    }

    private static void Add(string file, string entry, double deviation, double tolerance, bool isRelative)
    {
        var method = TestContext.Current.TestMethod;
        var test = $"{method?.TestClass.TestClassSimpleName}.{method?.MethodName}";
        var key = new ParityKey(file, EntryKind.Of(entry), tolerance, isRelative, test);
        lock (Gate)
        {
            if (!Found.TryGetValue(key, out var row))
                Found.Add(key, row = new ParityRow());
            row.Add(entry, deviation);
            if (!ComparedEntries.TryGetValue(file, out var entries))
                ComparedEntries.Add(file, entries = new HashSet<string>(StringComparer.Ordinal));
            entries.Add(entry);
        }
    }

    private sealed record Source(string File, string Entry);
}
