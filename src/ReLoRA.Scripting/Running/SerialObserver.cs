using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Lets calls through one at a time, though cells run at once.</summary>
internal sealed class SerialObserver(IRunObserver inner) : IRunObserver
{
    private readonly Lock gate = new();

    public void SweepStarted(SweepPlan plan, int jobs, int threads)
    {
        lock (gate)
            inner.SweepStarted(plan, jobs, threads);
    }

    public void CellStarted(PlannedCell cell, CellReport before)
    {
        lock (gate)
            inner.CellStarted(cell, before);
    }

    public void CellProgressed(PlannedCell cell, CellStatus status)
    {
        lock (gate)
            inner.CellProgressed(cell, status);
    }

    public void CellEnded(CellResult result)
    {
        lock (gate)
            inner.CellEnded(result);
    }

    public void Noted(string message)
    {
        lock (gate)
            inner.Noted(message);
    }
}
