namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>Orders sequences like words in a dictionary.</summary>
internal sealed class TokenOrder : IComparer<IReadOnlyList<int>>
{
    /// <summary>The order.</summary>
    public static TokenOrder Lexicographic { get; } = new();

    public int Compare(IReadOnlyList<int>? x, IReadOnlyList<int>? y)
    {
        var (left, right) = (x ?? [], y ?? []);
        for (var at = 0; at < Math.Min(left.Count, right.Count); at++)
        {
            if (left[at] != right[at])
                return left[at].CompareTo(right[at]);
        }
        return left.Count.CompareTo(right.Count);
    }
}
