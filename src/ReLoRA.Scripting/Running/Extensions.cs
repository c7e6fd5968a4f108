using System.Globalization;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Optimization;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Finds for cells that have not been begun finished ones that differ in nothing but a smaller budget, from which they can go on.</summary>
/// <param name="runs">Where cells lie.</param>
public sealed class Extensions(RunsFolder runs)
{
    private readonly Lazy<ILookup<string, (CellFolder Folder, RunConfig Config)>> finished = new(() =>
        runs.Cells()
            .Select(folder => (Folder: folder, Config: ConfigOf(folder)))
            .Where(cell => cell.Config is not null)
            .ToLookup(cell => Key(cell.Config!), cell => (cell.Folder, cell.Config!))
    );

    /// <summary>Looks for one.</summary>
    /// <param name="cell">A cell that has not been begun.</param>
    /// <returns>Where to go on, or why not; null where there is no shorter cell of that kind.</returns>
    public Extension? Of(PlannedCell cell)
    {
        var shorter = finished
            .Value[Key(cell.Config)]
            .Where(other => other.Config.Steps < cell.Config.Steps && IsOfSameData(cell, other.Folder, other.Config))
            .OrderByDescending(other => other.Config.Steps)
            .FirstOrDefault();
        if (shorter.Folder is not { } folder)
            return null;
        var reason = Hindrance(cell, folder, shorter.Config);
        if (reason is not null)
            return new Extension(folder, null, reason);
        var steps = new CheckpointStore(folder.CheckpointsPath).Steps;
        // A reset after the last step is left out, but the longer run has it.
        var from = steps
            .Where(step => step < shorter.Config.Steps || !ResetTimes.IsDue(cell.Config, step))
            .Select(step => (long?)step)
            .FirstOrDefault();
        return from is { } step
            ? new Extension(folder, step, "")
            : new Extension(folder, null, "it keeps no checkpoint from which its beginning could be gone on with");
    }

    private static string? Hindrance(PlannedCell cell, CellFolder folder, RunConfig shorter)
    {
        if (cell.Config.Budget.Hours > 0 || shorter.Budget.Hours > 0)
            return "its length is one of hours, which no other run repeats";
        var (before, now) = (new LearningRateSchedule(shorter), new LearningRateSchedule(cell.Config));
        for (var index = 0L; index < shorter.Steps; index++)
            if (before.Multiplier(index) != now.Multiplier(index))
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the schedule depends on the length, and differs from update {index + 1:N0} on: where Schedule.HorizonSteps is the same in both, it does not"
                );
        var log = RunLogReader.Read(folder.LogPath);
        if (log.Damages is [var damage, ..])
            return $"its log is damaged, {damage}";
        if (log.Records<EndRecord>().Last().Outcome != "finished")
            return "it diverged";
        if (
            shorter.Evaluation != cell.Config.Evaluation
            || !shorter.Probes.Equals(cell.Config.Probes)
            || shorter.Checkpoint.Every != cell.Config.Checkpoint.Every
            || log.Run?.EvaluationData != cell.Datasets.Hashes.Evaluation
        )
            return "Evaluation, Probes or Checkpoint.Every differ, so that its log is another";
        return null;
    }

    private static bool IsOfSameData(PlannedCell cell, CellFolder folder, RunConfig config) =>
        CellIdentity.Of(config, cell.Datasets.Hashes.Train, cell.Datasets.Start?.Hash ?? "") == folder.Id;

    /// <summary>Everything but lengths, what does not alter weights, and where data lies.</summary>
    private static string Key(RunConfig config) =>
        ConfigJson.Write(
            ConfigNormalizer.Normalize(
                config with
                {
                    Budget = new BudgetConfig(),
                    Schedule = config.Schedule with { HorizonSteps = 0 },
                    Evaluation = new EvaluationConfig(),
                    Probes = [],
                    Checkpoint = new CheckpointConfig(),
                    Data = config.Data with { Train = "" },
                }
            )
        );

    /// <summary>The configuration of a finished cell; null of any other, and of one that this version cannot read.</summary>
    private static RunConfig? ConfigOf(CellFolder folder)
    {
        try
        {
            return CellReport.IsFinished(folder) && File.Exists(folder.ConfigPath)
                ? ConfigJson.Read(File.ReadAllText(folder.ConfigPath))
                : null;
        }
        catch (Exception e) when (e is FormatException or LogFormatException)
        {
            // A cell of another version is no beginning of one of this version.
            return null;
        }
    }
}
