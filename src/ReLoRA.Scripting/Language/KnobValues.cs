using System.Collections;
using System.Runtime.CompilerServices;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// The values of one axis, written as arguments or as a collection: <c>.Grid(c =&gt; c.LowRank.Rank, 4, 8)</c> or
/// <c>.Grid(c =&gt; c.LowRank.Rank, [4, 8])</c>. The compiler makes it; it remembers the script line for messages.
/// </summary>
/// <typeparam name="T">The knob's type.</typeparam>
public sealed class KnobValues<T> : IEnumerable<T>
{
    private readonly List<T> values = [];

    /// <summary>Creates an empty list. The compiler fills the parameters in.</summary>
    /// <param name="line">The script line.</param>
    /// <param name="file">The script file.</param>
    public KnobValues([CallerLineNumber] int line = 0, [CallerFilePath] string file = "") =>
        Place = new ScriptPlace(file, line);

    internal ScriptPlace Place { get; }

    internal static KnobValues<T> Of(IEnumerable<T> values, int line, string file)
    {
        var all = new KnobValues<T>(line, file);
        foreach (var value in values)
            all.Add(value);
        return all;
    }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(T value) => values.Add(value);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
