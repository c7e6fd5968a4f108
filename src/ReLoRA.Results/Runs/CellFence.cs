namespace ReLoRA.Results.Runs;

/// <summary>
/// Keeps a process that was cut off from writing over its successor: it reads <c>owner.json</c> again before each write, and ends where that
/// names another. Between look and write there is a moment that no file system closes; what a process holds open is therefore replaced by
/// the successor and not written into.
/// </summary>
/// <param name="cell">The cell's folder.</param>
/// <param name="owner">Who the process is; null for one that no scheduler started, which a cell that has an owner is not for.</param>
public sealed class CellFence(CellFolder cell, CellOwner? owner)
{
    /// <summary>Whether the cell is still this process's to write.</summary>
    /// <exception cref="RunFileException">The owner's file is damaged.</exception>
    public bool IsMine => owner is null ? !File.Exists(cell.OwnerPath) : owner.IsSame(CellOwner.Read(cell.OwnerPath));

    /// <summary>Ends what would write a cell that is another's.</summary>
    /// <exception cref="CellReplacedException">It is.</exception>
    /// <exception cref="RunFileException">The owner's file is damaged.</exception>
    public void Require()
    {
        if (IsMine)
            return;
        var other = CellOwner.Read(cell.OwnerPath);
        // Who was started by hand was never cut off, and has to learn how to go on.
        var remedy =
            owner is null && other is not null
                ? $" A worker that was started by hand: train the cell by 'relora run', which takes over what no task has any more, or start the worker as that task by --owner {other.Name}."
                : "";
        throw new CellReplacedException(
            $"{cell.Path} is no longer written by {owner?.Name ?? "this run"}: it was cut off and replaced by {(other is null ? "a run outside of the scheduler" : $"{other.Name} on {other.Node}")}. It ends without writing.{remedy}"
        );
    }
}
