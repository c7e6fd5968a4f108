using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary>Finds the same items in several files.</summary>
internal static class EvalCompareKeys
{
    /// <summary>Values in the order of the keys.</summary>
    /// <param name="keys">The items, as the first file has them.</param>
    /// <param name="first">The first file.</param>
    /// <param name="values">The values of another file, by key.</param>
    /// <param name="file">That file.</param>
    /// <exception cref="UserFaultException">One file has an item that the other has not.</exception>
    public static T[] Align<T>(
        IReadOnlyCollection<string> keys,
        string first,
        IReadOnlyDictionary<string, T> values,
        string file
    )
    {
        Require(keys.Where(key => !values.ContainsKey(key)), first, file);
        if (values.Count > keys.Count)
            Require(values.Keys.Except(keys, StringComparer.Ordinal), file, first);
        return [.. keys.Select(key => values[key])];
    }

    private static void Require(IEnumerable<string> lacking, string there, string absent)
    {
        var items = lacking.ToList();
        if (items.Count > 0)
            throw new UserFaultException(
                $"{there} has {items.Count} item(s) that {absent} has not, the first of them {items[0]}; allowed: the same items. "
                    + "Evaluate both models on the same data, to the end."
            );
    }
}
