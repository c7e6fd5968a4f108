namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Takes some items of each group, evenly spread over it.</summary>
internal static class EvenSample
{
    /// <summary>The items that are taken, in their order.</summary>
    /// <param name="items">All items.</param>
    /// <param name="group">An item's group.</param>
    /// <param name="most">Items of a group at most; 0 takes all.</param>
    public static IReadOnlyList<T> Take<T>(IReadOnlyList<T> items, Func<T, string> group, int most)
    {
        if (most <= 0)
            return items;
        var taken = items
            .CountBy(group, StringComparer.Ordinal)
            .ToDictionary(
                count => count.Key,
                count => EvenSpread.Of(count.Value, most).ToHashSet(),
                StringComparer.Ordinal
            );
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        return [.. items.Where(item => taken[group(item)].Contains(Next(group(item))))];

        long Next(string name) => seen[name] = seen.GetValueOrDefault(name, -1) + 1;
    }
}
