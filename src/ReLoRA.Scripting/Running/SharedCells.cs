using ReLoRA.Results.Runs;

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
        var there = now
            .Cells.Select(cell => cell.Id)
            .Where(id => !known.Contains(id) && File.Exists(runs.Cell(id).LogPath))
            .ToHashSet();
        if (there.Count == 0)
            yield break;
        foreach (var folder in runs.Sweeps().Where(folder => folder.Name != now.Name))
        {
            var shared = Read(folder)?.Cells.Count(cell => there.Contains(cell.Id)) ?? 0;
            if (shared > 0)
                yield return $"{shared} of {now.Cells.Count} cells exist already, made by the sweep '{folder.Name}'.";
        }
    }

    private static SweepFile? Read(SweepFolder folder)
    {
        try
        {
            return SweepFile.Read(folder.PlanPath);
        }
        catch (RunFileException)
        {
            // Another sweep's damaged plan is told by status, and is no reason not to run this one.
            return null;
        }
    }
}
