namespace ReLoRA.Core.Pickle;

/// <summary>What the instructions of a pickle work on: a stack with marks in it, and numbered things to come back to.</summary>
internal sealed class PickleStack(Refusal refusal)
{
    private readonly List<object?> items = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<uint, object?> memo = [];

    /// <summary>Whether nothing is left, marks included.</summary>
    public bool IsEmpty => items.Count == 0 && marks.Count == 0;

    public object? Top => items.Count > Floor ? items[^1] : throw Empty();

    private int Floor => marks.Count == 0 ? 0 : marks[^1];

    public void Push(object? item)
    {
        if (items.Count == PickleLimits.Stack)
            throw refusal.Of(PickleFault.TooLarge, $"its pickle piles up more than {PickleLimits.Stack} things");
        items.Add(item);
    }

    public object? Pop()
    {
        var item = Top;
        items.RemoveAt(items.Count - 1);
        return item;
    }

    /// <summary>The last ones, in the order in which they were pushed.</summary>
    public object?[] Pop(int count)
    {
        var from = items.Count - count;
        if (from < Floor)
            throw Empty();
        object?[] popped = [.. items[from..]];
        items.RemoveRange(from, count);
        return popped;
    }

    public void Mark()
    {
        if (marks.Count == PickleLimits.Marks)
            throw refusal.Of(PickleFault.TooLarge, $"its pickle nests deeper than {PickleLimits.Marks}");
        marks.Add(items.Count);
    }

    /// <summary>All since the last mark, which goes too.</summary>
    public object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw Empty();
        var popped = Pop(items.Count - Floor);
        marks.RemoveAt(marks.Count - 1);
        return popped;
    }

    /// <summary>Numbers the top. The number comes from the file and so is no index of an array.</summary>
    public void Remember(uint number)
    {
        if (memo.Count == PickleLimits.Memo)
            throw refusal.Of(PickleFault.TooLarge, $"its pickle numbers more than {PickleLimits.Memo} things");
        memo[number] = Top;
    }

    public void Recall(uint number) =>
        Push(
            memo.TryGetValue(number, out var item)
                ? item
                : throw refusal.Of(PickleFault.Structure, $"its pickle comes back to {number}, which it never numbered")
        );

    private PickleException Empty() => refusal.Of(PickleFault.Structure, "its pickle takes more than it has put");
}
