using System.Globalization;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Numbers of tasks as Slurm's programs take them: <c>1,3-5</c>.</summary>
internal static class TaskRanges
{
    /// <summary>In pieces that each fit into an argument, and that a person can still read in a message; none where there are no tasks.</summary>
    /// <param name="tasks">The numbers, in any order.</param>
    /// <param name="rangesAtOnce">The ranges of a piece, at most.</param>
    public static IReadOnlyList<string> Of(IEnumerable<int> tasks, int rangesAtOnce = 500) =>
        [.. Ranges(tasks).Chunk(rangesAtOnce).Select(piece => string.Join(',', piece))];

    private static IEnumerable<string> Ranges(IEnumerable<int> tasks)
    {
        (int From, int To)? open = null;
        foreach (var task in tasks.Distinct().Order())
        {
            if (open is { } range && range.To + 1 == task)
            {
                open = (range.From, task);
                continue;
            }
            if (open is { } whole)
                yield return Text(whole);
            open = (task, task);
        }
        if (open is { } last)
            yield return Text(last);
    }

    private static string Text((int From, int To) range) =>
        range.From == range.To
            ? range.From.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.From}-{range.To}");
}
