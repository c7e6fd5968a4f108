using System.Globalization;
using ReLoRA.Scripting.Estimating;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>How long a sweep will take, and how that is known, in a sentence.</summary>
internal static class PlanTimeText
{
    /// <summary>The sentence; null where nothing is left to train.</summary>
    /// <param name="estimate">The estimate.</param>
    public static string? Of(SweepEstimate estimate)
    {
        var open = estimate.Cells.Values.Where(cell => cell.SecondsLeft != 0).ToList();
        if (open.Count == 0)
            return null;
        var counts = open.CountBy(cell => cell.Source).ToDictionary();
        if (counts.ContainsKey(TimeSource.None))
            return "How long it takes is not known: no cell of these shapes is finished, and none was timed.";
        var ways = new (TimeSource Source, string Words)[]
        {
            (TimeSource.Finished, "from finished cells"),
            (TimeSource.Calibrated, "from some steps timed now, probes, tasks and resets not counted"),
            (TimeSource.Scaled, "~ from the operations of those timed"),
        };
        var told = ways.Where(way => counts.ContainsKey(way.Source)).Select(way => $"{counts[way.Source]} {way.Words}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"About {RunText.Duration(estimate.SecondsLeft)}, {estimate.Jobs} at a time with {estimate.Threads} threads each, if nothing else runs here. Times of cells: {string.Join("; ", told)}."
        );
    }
}
