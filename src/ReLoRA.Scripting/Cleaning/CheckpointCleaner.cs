using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Cleaning;

/// <summary>
/// Frees checkpoints of finished cells, and nothing else: logs, configurations and snapshots stay, as do cells that are not finished, that a
/// process works on or that cannot be read, and checkpoints that another cell starts from. Copies that were moved aside go on no more, so that
/// they count as finished.
/// </summary>
/// <param name="runs">The folder of runs.</param>
/// <param name="all">Whether the last checkpoint, which is the trained model, is freed too.</param>
/// <param name="dry">Whether to tell only.</param>
public sealed class CheckpointCleaner(RunsFolder runs, bool all, bool dry)
{
    /// <summary>Frees them.</summary>
    /// <param name="cells">The cells looked at, by id.</param>
    /// <returns>Those of which something was freed, or had to stay for a reason worth telling.</returns>
    public IReadOnlyList<FreedCell> Clean(IEnumerable<string> cells)
    {
        var starts = Starts();
        return
        [
            .. cells
                .Distinct()
                .Select(id => Clean(runs.Cell(id), starts))
                .Where(freed => freed.Steps.Count > 0 || freed.Kept.Count > 0),
        ];
    }

    /// <summary>Frees the warm starts that cells share; a cell that still needs one trains it again.</summary>
    public IReadOnlyList<FreedCell> CleanWarmStarts()
    {
        var starts = Starts();
        return Directory.Exists(runs.WarmStartsPath)
            ?
            [
                .. Directory
                    .GetDirectories(runs.WarmStartsPath)
                    .Order(StringComparer.Ordinal)
                    .Select(path => CleanWarmStart(path, starts))
                    .Where(freed => freed.Steps.Count > 0 || freed.Kept.Count > 0),
            ]
            : [];
    }

    private FreedCell CleanWarmStart(string path, ILookup<string, string> starts)
    {
        var name = $"warm start {Path.GetFileName(path)}";
        var store = new CheckpointStore(path);
        using var held = FileLock.TryAcquire(Path.Combine(path, "lock"), out var holder);
        if (held is null)
            return new FreedCell(name, [], 0, [$"process {holder} trains it"]);
        if (starts[path].FirstOrDefault() is { } other)
            return new FreedCell(name, [], 0, [$"cell {other} starts from it"]);
        var steps = store.Steps;
        var bytes = steps.Sum(step => FolderSize.Of(store.PathOf(step)));
        if (!dry)
            foreach (var step in steps)
                store.Free(step);
        return new FreedCell(name, steps, bytes, []);
    }

    private FreedCell Clean(CellFolder folder, ILookup<string, string> starts)
    {
        var (isDone, keepEvery) = (false, 0);
        try
        {
            (isDone, keepEvery) = Look(folder);
            if (isDone && Damage(folder) is { } damage)
                return new FreedCell(folder.Id, [], 0, [$"its log is damaged, {damage}"]);
        }
        catch (Exception e) when (e is LogFormatException or FormatException)
        {
            return new FreedCell(folder.Id, [], 0, [e.Message]);
        }
        if (!isDone)
            return new FreedCell(folder.Id, [], 0, []);
        using var held = FileLock.TryAcquire(folder.LockPath, out var holder);
        if (held is null)
            return new FreedCell(folder.Id, [], 0, [$"process {holder} works on it"]);
        var store = new CheckpointStore(folder.CheckpointsPath);
        if (!dry)
            store.Recover();
        var (freed, kept) = (new List<long>(), new List<string>());
        var bytes = 0L;
        foreach (var step in all ? store.Steps : store.Steps.Skip(1))
        {
            if (keepEvery > 0 && step % keepEvery == 0)
                continue;
            if (starts[store.PathOf(step)].FirstOrDefault() is { } other)
            {
                kept.Add($"step {step}: cell {other} starts from it");
                continue;
            }
            bytes += FolderSize.Of(store.PathOf(step));
            if (!dry)
                store.Free(step);
            freed.Add(step);
        }
        return new FreedCell(folder.Id, freed, bytes, kept);
    }

    /// <summary>Whether nothing will go on from a cell's checkpoints, and what its sweep asked to keep of them for good.</summary>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    /// <exception cref="FormatException">The configuration is of another version of the lab.</exception>
    private (bool IsDone, int KeepEvery) Look(CellFolder folder) =>
        !Directory.Exists(folder.CheckpointsPath) || !(RunsFolder.IsAside(folder.Id) || CellReport.IsFinished(folder))
            ? (false, 0)
            : (true, !all && File.Exists(folder.ConfigPath) ? KeepEvery(folder) : 0);

    /// <summary>Of a log that lost records the checkpoints may be all that is left of them.</summary>
    private static LogDamage? Damage(CellFolder folder) =>
        !RunsFolder.IsAside(folder.Id) && RunLogReader.Read(folder.LogPath).Damages is [var damage, ..] ? damage : null;

    private static int KeepEvery(CellFolder folder) =>
        ConfigJson.Read(File.ReadAllText(folder.ConfigPath)).Checkpoint.KeepEvery;

    /// <summary>The cells that start from a folder, by its path: for good, or because they have not begun yet.</summary>
    private ILookup<string, string> Starts() =>
        runs.Cells()
            .Where(folder => File.Exists(folder.ExecutionPath))
            .SelectMany(folder => Starts(folder).Select(start => (start, folder.Id)))
            .ToLookup(pair => Path.TrimEndingDirectorySeparator(Path.GetFullPath(pair.start)), pair => pair.Id);

    private static IEnumerable<string> Starts(CellFolder folder)
    {
        var execution = Read(folder);
        if (execution.Start.Length > 0)
            yield return execution.Start;
        if (execution.Prefix is not { } prefix || CellReport.ReadOrNew(folder).State == CellState.Finished)
            yield break;
        yield return prefix.Checkpoints;
        yield return new CheckpointStore(prefix.Checkpoints).PathOf(prefix.Step);
    }

    private static ExecutionSettings Read(CellFolder folder)
    {
        try
        {
            return ExecutionSettings.Read(File.ReadAllText(folder.ExecutionPath));
        }
        catch (FormatException e)
        {
            throw new Core.UserFaultException(
                $"{folder.ExecutionPath}: {e.Message} What the cell starts from is not known, so that nothing was freed. Restore the file, or delete {folder.Path}.",
                e
            );
        }
    }
}
