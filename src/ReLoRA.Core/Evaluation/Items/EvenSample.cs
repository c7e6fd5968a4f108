namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Takes some items of each group, evenly spread over it.</summary>
internal static class EvenSample
{
    /// <summary>The items that are taken, in their order.</summary>
    /// <param name="items">All items. They are read twice where only some are taken, and none is held.</param>
    /// <param name="group">An item's group.</param>
    /// <param name="most">Items of a group at most; 0 takes all.</param>
    public static IEnumerable<T> Take<T>(IEnumerable<T> items, Func<T, string> group, int most) =>
        most <= 0 ? items : Some(items, group, most);

    private static IEnumerable<T> Some<T>(IEnumerable<T> items, Func<T, string> group, int most)
    {
        var taken = items
            .CountBy(group, StringComparer.Ordinal)
            .ToDictionary(
                count => count.Key,
                count => EvenSpread.Of(count.Value, most).ToHashSet(),
                StringComparer.Ordinal
            );
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var name = group(item);
            var place = seen[name] = seen.GetValueOrDefault(name, -1) + 1;
            if (taken[name].Contains(place))
                yield return item;
        }
    }
}
