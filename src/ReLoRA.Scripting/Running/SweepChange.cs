using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>What became of a sweep's cells since it was last run under its name.</summary>
public static class SweepChange
{
    private const int Named = 5;

    /// <summary>The difference in one sentence; null where there is none.</summary>
    /// <param name="before">The plan that was run last; null where there was none.</param>
    /// <param name="now">The plan to be run.</param>
    /// <param name="runs">Where cells lie.</param>
    public static string? Of(SweepFile? before, SweepFile now, RunsFolder runs)
    {
        if (before is null)
            return null;
        var (old, current) = (Ids(before), Ids(now));
        var gone = before.Cells.Where(cell => !current.Contains(cell.Id)).ToList();
        var added = now.Cells.Count(cell => !old.Contains(cell.Id));
        if (gone.Count == 0 && added == 0)
            return null;
        var text =
            $"The sweep '{now.Name}' is another than when it was last run: {now.Cells.Count - added} cells kept, {added} new, {gone.Count} no longer in it";
        if (gone.Count == 0)
            return text + ".";
        var named = gone.Take(Named).Select(cell => $"{cell.Label} ({cell.Id})");
        return $"{text}: {string.Join(", ", named)}{(gone.Count > Named ? ", ..." : "")}. What is trained of those stays in {runs.CellsPath}.";
    }

    private static HashSet<string> Ids(SweepFile file) => [.. file.Cells.Select(cell => cell.Id)];
}
