using System.Globalization;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Decides where the cells of a run start: at their own last checkpoint, at the end of a shorter cell that they extend, at the end of a warm
/// start that another cell trained, or at their first step.
/// </summary>
internal sealed class CellBeginnings
{
    private readonly RunsFolder runs;
    private readonly SharedWarmStarts warmStarts;
    private readonly bool extend;
    private readonly Lazy<List<(PlannedCell Cell, Extension Extension)>> found;
    private readonly Dictionary<string, Extension> extensions = [];

    /// <summary>Prepares the decisions.</summary>
    /// <param name="plan">The cells of the run.</param>
    /// <param name="runs">Where they lie.</param>
    /// <param name="extend">Whether finished cells are extended.</param>
    /// <param name="share">Whether a warm start is trained for others and waited for. One that is there is begun with all the same. Default: yes.</param>
    public CellBeginnings(SweepPlan plan, RunsFolder runs, bool extend, bool share = true)
    {
        (this.runs, this.extend) = (runs, extend);
        warmStarts = share ? SharedWarmStarts.Of(plan, runs) : SharedWarmStarts.None;
        // Looked for in every log there is, so only where it decides or is told.
        found = new(() => Found(plan, new Extensions(runs)));
        if (extend)
            foreach (var (cell, extension) in found.Value)
                extensions[cell.Id] = extension;
    }

    /// <summary>What a user should know of them.</summary>
    public IEnumerable<string> Notes =>
        (extend ? found.Value.Select(Text) : Hint(found.Value)).Concat(new[] { warmStarts.Note }.OfType<string>());

    /// <summary>Decides for one cell. The caller disposes the decision once the cell's worker has ended.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="folder">Its folder, which is claimed.</param>
    /// <param name="execution">How it is executed.</param>
    public Beginning Of(PlannedCell cell, CellFolder folder, ExecutionSettings execution)
    {
        var plain = execution with { Prefix = null, WarmStartFolder = "" };
        var own = new CheckpointStore(folder.CheckpointsPath).Steps;
        if (own.Count == 0 && extensions.GetValueOrDefault(cell.Id) is { Step: { } step } extension)
            return new Beginning(Extended(plain, extension, step));
        var end = WarmStartKey.Step(cell.Config);
        return end > 0 && (own.Count == 0 || own[0] < end)
            ? Warm(cell, plain, end, own.Count > 0)
            : new Beginning(plain);
    }

    private Beginning Warm(PlannedCell cell, ExecutionSettings plain, long end, bool isBegun)
    {
        var path = runs.WarmStart(WarmStartKey.Of(cell, plain));
        var store = new CheckpointStore(path);
        if (store.Steps.Contains(end))
            return new Beginning(isBegun ? plain : Forked(plain, store, path, end));
        if (!warmStarts.Has(cell))
            return new Beginning(plain);
        var lead = FileLock.TryAcquire(Path.Combine(path, "lock"), out var holder);
        return lead is not null ? new Beginning(plain with { WarmStartFolder = path }, lead)
            : isBegun ? new Beginning(plain)
            : new Beginning(plain, TrainedBy: holder);
    }

    private static ExecutionSettings Forked(ExecutionSettings plain, CheckpointStore store, string path, long end) =>
        plain with
        {
            Prefix = new PrefixSource
            {
                Cell = store.Read(end).Cell,
                Checkpoints = path,
                Step = end,
                Log = Path.Combine(path, WarmStartKeeper.LogName),
                KeepsAdapters = true,
            },
        };

    private static ExecutionSettings Extended(ExecutionSettings plain, Extension extension, long step)
    {
        // Equal to the bit only where it is executed as the cell that it goes on from was.
        var before = ExecutionSettings.Read(File.ReadAllText(extension.Cell.ExecutionPath));
        return plain with
        {
            Threads = before.Threads,
            Device = before.Device,
            MicroBatch = before.MicroBatch,
            Recompute = before.Recompute,
            Prefix = new PrefixSource
            {
                Cell = extension.Cell.Id,
                Checkpoints = extension.Cell.CheckpointsPath,
                Step = step,
                Log = extension.Cell.LogPath,
            },
        };
    }

    private List<(PlannedCell Cell, Extension Extension)> Found(SweepPlan plan, Extensions finder) =>
        [
            .. plan
                .Cells.Where(cell => IsAtStart(runs.Cell(cell.Id)))
                .Select(cell => (cell, finder.Of(cell)))
                .Where(found => found.Item2 is not null)
                .Select(found => (found.cell, found.Item2!)),
        ];

    /// <summary>What was killed before its first checkpoint begins again, and where it would have begun.</summary>
    private static bool IsAtStart(CellFolder folder) =>
        new CheckpointStore(folder.CheckpointsPath).Steps.Count == 0
        && CellReport.ReadOrNew(folder).State != CellState.Finished;

    private static string Text((PlannedCell Cell, Extension Extension) found) =>
        found.Extension.Step is { } step
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Cell.Label} ({found.Cell.Id}) goes on from the finished cell {found.Extension.Cell.Id}: {step:N0} of {found.Cell.Config.Steps:N0} steps are not trained again."
            )
            : $"{found.Cell.Label} ({found.Cell.Id}) cannot go on from the finished cell {found.Extension.Cell.Id}, and is trained anew: {found.Extension.Reason}.";

    private static IEnumerable<string> Hint(List<(PlannedCell Cell, Extension Extension)> found)
    {
        var possible = found.Count(one => one.Extension.Step is not null);
        if (possible > 0)
            yield return $"{possible} cells differ from finished ones only in a larger budget, and could go on from them: --extend.";
    }
}
