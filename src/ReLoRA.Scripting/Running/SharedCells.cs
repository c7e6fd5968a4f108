using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Tells which cells of a plan exist already since another sweep made them, or the same one under another name.</summary>
public static class SharedCells
{
    /// <summary>One sentence for each other sweep that shares cells which exist.</summary>
    /// <param name="before">The plan that was last run under the name; null where there was none. Its cells are no news.</param>
    /// <param name="now">The plan.</param>
    /// <param name="runs">Where sweeps and cells lie.</param>
    public static IEnumerable<string> Of(SweepFile? before, SweepFile now, RunsFolder runs)
    {
        var known = before?.Cells.Select(cell => cell.Id).ToHashSet() ?? [];
        var others = OtherSweeps.Read(runs, now.Name);
        return now
            .Cells.Select(cell => cell.Id)
            .Distinct()
            .Where(id => !known.Contains(id) && File.Exists(runs.Cell(id).LogPath))
            .SelectMany(others.With)
            .CountBy(name => name)
            .OrderBy(sweep => sweep.Key, StringComparer.Ordinal)
            .Select(sweep =>
                $"{sweep.Value} of {now.Cells.Count} cells exist already, made by the sweep '{sweep.Key}'."
            );
    }
}
