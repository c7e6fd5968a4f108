using ReLoRA.Core;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Refuses a folder of runs whose logs this version cannot read, before anything trains.</summary>
public static class ReadableCells
{
    /// <summary>Looks at every cell of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="runs">Where the cells lie.</param>
    /// <param name="ends">Takes what was seen of their logs.</param>
    /// <exception cref="UserFaultException">A log is of another version of the format.</exception>
    public static void Require(SweepPlan plan, RunsFolder runs, CellEnds? ends = null)
    {
        ends ??= new CellEnds();
        AtOnce.Select(plan.Cells, Look);

        LogEnds? Look(PlannedCell cell)
        {
            var folder = runs.Cell(cell.Id);
            try
            {
                return ends.Of(folder);
            }
            catch (LogFormatException e)
            {
                throw new UserFaultException(
                    $"{folder.LogPath}: {e.Message}. Read it with the version that wrote it, or train the cell again and keep that copy: --fresh --only {cell.Id}",
                    e
                );
            }
        }
    }
}
