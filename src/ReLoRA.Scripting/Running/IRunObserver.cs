using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Sees a run as it goes. Calls come one at a time, from any thread.</summary>
public interface IRunObserver
{
    /// <summary>A sweep begins.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="jobs">Cells trained at once.</param>
    /// <param name="threads">Threads of each.</param>
    void SweepStarted(SweepPlan plan, int jobs, int threads);

    /// <summary>A cell's worker was started.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="before">How far the cell was.</param>
    void CellStarted(PlannedCell cell, CellReport before);

    /// <summary>A cell's status has changed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="status">The new status.</param>
    void CellProgressed(PlannedCell cell, CellStatus status);

    /// <summary>A cell's turn has ended. Called for every cell once.</summary>
    /// <param name="result">How.</param>
    void CellEnded(CellResult result);

    /// <summary>Something else that a user should know.</summary>
    /// <param name="message">One sentence.</param>
    void Noted(string message);
}
