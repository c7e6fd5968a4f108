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
        var sizes = items.CountBy(group, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. items.Where(item => IsTaken(group(item)))];

        bool IsTaken(string name)
        {
            var place = seen.GetValueOrDefault(name);
            seen[name] = place + 1;
            // Taken are the places k * size / most, rounded down, for k = 0, 1 ...
            long size = sizes[name];
            var k = (place * (long)most + size - 1) / size;
            return size <= most || k * size / most == place;
        }
    }
}
