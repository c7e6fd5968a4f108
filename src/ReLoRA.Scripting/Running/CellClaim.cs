using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// The right to have one cell trained. A run of a sweep holds it from before a worker starts until after it ended, so that no two runs start
/// workers on one cell; the kernel gives it back when the run dies. The worker itself holds the cell's lock, since it outlives its run by the
/// time that it takes to save.
/// </summary>
internal sealed class CellClaim : IDisposable
{
    private readonly FileLock held;

    private CellClaim(FileLock held) => this.held = held;

    /// <summary>Takes the claim where neither a run nor a worker has the cell.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="holder">The process id of who has it; empty where that is not known.</param>
    /// <param name="isOrphan">Whether it is a worker whose run is gone.</param>
    public static CellClaim? TryTake(CellFolder folder, out string holder, out bool isOrphan)
    {
        isOrphan = false;
        if (FileLock.TryAcquire(folder.ClaimPath, out holder) is not { } claim)
            return null;
        // The worker's own lock is only tried, and by none but the holder of the claim: a worker that starts must find it free.
        using (var free = FileLock.TryAcquire(folder.LockPath, out holder))
        {
            if (free is not null)
                return new CellClaim(claim);
        }
        isOrphan = true;
        claim.Dispose();
        return null;
    }

    public void Dispose() => held.Dispose();
}
