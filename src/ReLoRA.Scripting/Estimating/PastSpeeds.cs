using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What finished cells took, by their shape.</summary>
internal sealed class PastSpeeds
{
    private readonly Dictionary<CellShape, List<double>> seconds = [];

    private PastSpeeds() { }

    /// <summary>Reads every finished cell of a folder of runs; one that another version wrote, or that is damaged, tells nothing.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="ends">The ends of its logs.</param>
    /// <param name="shapes">The shapes of cells.</param>
    public static PastSpeeds Read(RunsFolder runs, CellEnds ends, CellShapes shapes)
    {
        var past = new PastSpeeds();
        foreach (var cell in AtOnce.Select(runs.Cells(), folder => Read(folder, ends)).OfType<FinishedCell>())
        {
            var shape = shapes.Of(cell.Config, cell.Execution);
            if (!past.seconds.TryGetValue(shape, out var all))
                past.seconds[shape] = all = [];
            all.Add(cell.SecondsPerToken);
        }
        return past;
    }

    /// <summary>Seconds a token took, evaluations and everything else included; null where no such cell is finished.</summary>
    /// <param name="shape">The shape.</param>
    public double? SecondsPerToken(CellShape shape) =>
        seconds.TryGetValue(shape, out var found) ? found.Average() : null;

    private static FinishedCell? Read(CellFolder folder, CellEnds ends)
    {
        try
        {
            return
                ends.Of(folder)?.End is { Tokens: > 0 } end
                && end.Measured.TryGetValue("seconds", out var value)
                && value is double took
                ? new FinishedCell(
                    ends.Config(File.ReadAllText(folder.ConfigPath)),
                    ExecutionSettings.Read(File.ReadAllText(folder.ExecutionPath)),
                    took / end.Tokens
                )
                : null;
        }
        catch (Exception e) when (e is LogFormatException or FormatException or IOException)
        {
            // An estimate does without it; run, status and report tell of it where it matters.
            return null;
        }
    }

    private sealed record FinishedCell(RunConfig Config, ExecutionSettings Execution, double SecondsPerToken);
}
