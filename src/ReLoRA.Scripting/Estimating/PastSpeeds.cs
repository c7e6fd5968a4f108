using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What finished cells took, by their shape.</summary>
internal sealed class PastSpeeds
{
    private readonly Dictionary<CellShape, List<double>> seconds = [];

    private PastSpeeds() { }

    /// <summary>Reads every finished cell of a folder of runs; one that another version wrote, or that is damaged, tells nothing.</summary>
    /// <param name="runs">The folder of runs.</param>
    public static PastSpeeds Read(RunsFolder runs)
    {
        var past = new PastSpeeds();
        foreach (var folder in runs.Cells().Where(folder => File.Exists(folder.LogPath)))
            past.Add(folder);
        return past;
    }

    /// <summary>Seconds a token took, evaluations and everything else included; null where no such cell is finished.</summary>
    /// <param name="shape">The shape.</param>
    public double? SecondsPerToken(CellShape shape) =>
        seconds.TryGetValue(shape, out var found) ? found.Average() : null;

    private void Add(CellFolder folder)
    {
        try
        {
            if (
                LogEnds.Read(folder.LogPath).End is not { Tokens: > 0 } end
                || !end.Measured.TryGetValue("seconds", out var value)
                || value is not double took
            )
                return;
            var shape = CellShape.Of(
                ConfigJson.Read(File.ReadAllText(folder.ConfigPath)),
                ExecutionSettings.Read(File.ReadAllText(folder.ExecutionPath))
            );
            if (!seconds.TryGetValue(shape, out var all))
                seconds[shape] = all = [];
            all.Add(took / end.Tokens);
        }
        catch (Exception e) when (e is LogFormatException or FormatException or IOException)
        {
            // An estimate does without it; run, status and report tell of it where it matters.
        }
    }
}
