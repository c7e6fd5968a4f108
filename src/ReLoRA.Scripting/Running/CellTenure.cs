using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// Who has a cell where locks of the kernel do not reach: <c>owner.json</c>, beside the claim. A start of a task takes over from an earlier start of
/// the same task at once, since the scheduler has given that up; from anyone else only where there is no sign of life.
/// </summary>
/// <param name="owner">The start of a task that this process is; null for a run outside of a scheduler.</param>
/// <param name="clock">Tells how old a sign of life is.</param>
internal sealed class CellTenure(CellOwner? owner, TimeProvider clock)
{
    /// <summary>The fence between this process and its successors.</summary>
    public CellFence FenceOf(CellFolder folder) => new(folder, owner);

    /// <summary>Lets an earlier start of the same task end, which may still train the cell on a node that was cut off.</summary>
    /// <exception cref="CellReplacedException">A later start has the cell.</exception>
    public void CutOff(CellFolder folder)
    {
        if (owner is null || CellOwner.Read(folder.OwnerPath) is not { } other || !owner.IsOfTask(other))
            return;
        if (other.Restart > owner.Restart)
            new CellFence(folder, owner).Require();
        if (other.Restart < owner.Restart)
            owner.Write(folder.OwnerPath);
    }

    /// <summary>Takes a cell that is claimed.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="elsewhere">Who trains it, where that is another; empty otherwise.</param>
    /// <exception cref="CellReplacedException">A later start of the same task has the cell.</exception>
    public bool TryTake(CellFolder folder, out string elsewhere)
    {
        CutOff(folder);
        elsewhere = "";
        var other = CellOwner.Read(folder.OwnerPath);
        if (owner is not null ? owner.IsSame(other) : other is null)
            return true;
        elsewhere = Elsewhere(folder, other);
        if (elsewhere.Length > 0)
            return false;
        if (owner is null)
            File.Delete(folder.OwnerPath);
        else
            owner.Write(folder.OwnerPath);
        return true;
    }

    /// <summary>Who trains it on another machine. Claim and worker's lock are held here: no worker of this machine lives, whatever has its id now.</summary>
    private string Elsewhere(CellFolder folder, CellOwner? other)
    {
        var host = WorkerLife.Elsewhere(folder, clock);
        return other is not null && (host.Length > 0 || IsBeginning(folder))
                ? $"on {other.Node} by the task {other.TaskName}"
            : host.Length > 0 ? $"on {host}"
            : "";
    }

    /// <summary>Whether its owner took it so lately that the worker has not told of itself yet.</summary>
    private bool IsBeginning(CellFolder folder)
    {
        var taken = File.GetLastWriteTimeUtc(folder.OwnerPath);
        return clock.GetUtcNow().UtcDateTime - taken < WorkerLife.Silence
            && File.GetLastWriteTimeUtc(folder.StatusPath) < taken;
    }
}
