using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Watching;

/// <summary>How far a sweep is, as a page is told.</summary>
/// <param name="Name">The sweep.</param>
/// <param name="Revision">Another one where a log has grown or the plan has changed.</param>
/// <param name="Cells">Its cells.</param>
public sealed record LiveState(string Name, string Revision, IReadOnlyList<LiveCell> Cells)
{
    /// <summary>Looks at a sweep; it has no cells where it was not run yet.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="sweep">The sweep.</param>
    public static LiveState Of(RunsFolder runs, string sweep)
    {
        var path = runs.Sweep(sweep).PlanPath;
        if (SweepFile.Read(path) is not { } plan)
            return new LiveState(sweep, "", []);
        var lengths = plan.Cells.Select(cell => Length(runs.Cell(cell.Id).LogPath));
        var revision = string.Join(',', lengths.Prepend(File.GetLastWriteTimeUtc(path).Ticks).Select(Text));
        return new LiveState(sweep, revision, [.. SweepStatus.Of(plan, runs).Cells.Select(LiveCell.Of)]);
    }

    private static long Length(string log) => File.Exists(log) ? new FileInfo(log).Length : 0;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
