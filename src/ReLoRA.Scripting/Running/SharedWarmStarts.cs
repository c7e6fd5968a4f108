using System.Globalization;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>The warm starts that several cells of a plan share: each is trained once, by the first of its cells to come.</summary>
public sealed class SharedWarmStarts
{
    private readonly Dictionary<string, int> cells;

    private SharedWarmStarts(Dictionary<string, int> cells, long saved) => (this.cells, Steps) = (cells, saved);

    /// <summary>No cell shares any.</summary>
    public static SharedWarmStarts None { get; } = new([], 0);

    /// <summary>Steps that are not trained again.</summary>
    public long Steps { get; }

    /// <summary>For people; null where nothing is shared.</summary>
    public string? Note =>
        Steps == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{cells.Values.Where(count => count > 1).Sum()} cells share {cells.Values.Count(count => count > 1)} warm starts, each of which is trained once: {Steps:N0} steps less."
            );

    /// <summary>Finds them.</summary>
    /// <param name="plan">The plan; cells that are past their warm start have no part in it.</param>
    /// <param name="runs">Where they lie.</param>
    /// <param name="ends">What was seen of their logs already. Default: nothing.</param>
    public static SharedWarmStarts Of(SweepPlan plan, RunsFolder runs, CellEnds? ends = null)
    {
        ends ??= new CellEnds();
        var groups = plan
            .Cells.Where(cell => IsBefore(runs.Cell(cell.Id), WarmStartKey.Step(cell.Config), ends))
            .GroupBy(cell => WarmStartKey.Of(cell))
            .ToList();
        var saved = groups.Sum(group => (group.Count() - 1) * WarmStartKey.Step(group.First().Config));
        return new SharedWarmStarts(groups.ToDictionary(group => group.Key, group => group.Count()), saved);
    }

    /// <summary>Whether another cell of the plan shares a cell's warm start.</summary>
    internal bool Has(PlannedCell cell) =>
        WarmStartKey.Step(cell.Config) > 0 && cells.GetValueOrDefault(WarmStartKey.Of(cell)) > 1;

    /// <summary>Whether a cell has a warm start, and its end before it.</summary>
    private static bool IsBefore(CellFolder folder, long end, CellEnds ends) =>
        end > 0
        && ends.Of(folder)?.End is null
        && new CheckpointStore(folder.CheckpointsPath).Steps.All(step => step < end);
}
