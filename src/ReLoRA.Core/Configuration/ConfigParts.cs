using System.Collections.Concurrent;

namespace ReLoRA.Core.Configuration;

/// <summary>
/// Parts of configurations by the words that they were read from. Thousands of cells of a sweep differ in a knob or two: what they have in common
/// is read once, and shared, since no part can be changed. For several threads.
/// </summary>
public sealed class ConfigParts
{
    private readonly ConcurrentDictionary<(Type Type, string Text), object> known = new();

    /// <summary>The part that a text tells.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="text">Its words.</param>
    /// <param name="read">Reads it, the first time. What throws is not kept.</param>
    internal object Of(Type type, string text, Func<object> read) => known.GetOrAdd((type, text), _ => read());
}
