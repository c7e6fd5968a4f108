using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Makes room for new copies of cells: their folders are moved aside, never deleted.</summary>
internal static class FreshCells
{
    /// <summary>Moves the folders of cells aside, all or none.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="runs">Where they lie.</param>
    /// <param name="clock">Tells whether a worker on another machine is alive.</param>
    /// <returns>One sentence on each.</returns>
    /// <exception cref="UserFaultException">One of them is being trained.</exception>
    public static IReadOnlyList<string> MoveAside(IEnumerable<PlannedCell> cells, RunsFolder runs, TimeProvider clock)
    {
        var claims = new List<CellClaim>();
        try
        {
            var existing = cells.Where(cell => Directory.Exists(runs.Cell(cell.Id).Path)).ToList();
            foreach (var cell in existing)
            {
                if (WorkerLife.Elsewhere(runs.Cell(cell.Id), clock) is { Length: > 0 } host)
                    throw new UserFaultException(
                        $"--fresh: {cell.Label} ({cell.Id}) is being trained on {host}. Wait for it or stop it (relora cancel, where it was submitted); nothing was moved."
                    );
                claims.Add(
                    CellClaim.TryTake(runs.Cell(cell.Id), out var holder, out _)
                        ?? throw new UserFaultException(
                            $"--fresh: {cell.Label} ({cell.Id}) is being trained by process {holder}. Wait for it or stop it; nothing was moved."
                        )
                );
            }
            return [.. existing.Select(cell => Move(cell, runs))];
        }
        finally
        {
            foreach (var claim in claims)
                claim.Dispose();
        }
    }

    private static string Move(PlannedCell cell, RunsFolder runs)
    {
        var (path, aside) = (runs.Cell(cell.Id).Path, runs.AsideOf(cell.Id));
        Directory.Move(path, aside);
        // The claim went with the old folder, and what it leaves there when it ends is looked for here.
        Directory.CreateDirectory(path);
        return $"{cell.Label} ({cell.Id}): the copy before is kept in {aside}.";
    }
}
