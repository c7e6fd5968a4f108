using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>A cell's turn in a run of its sweep, and what is remembered of it while another process has the cell.</summary>
/// <param name="index">The cell's place in the plan.</param>
/// <param name="cell">The cell.</param>
/// <param name="folder">Its folder.</param>
/// <param name="before">How far it was when the run began.</param>
internal sealed class CellTurn(int index, PlannedCell cell, CellFolder folder, CellReport before)
{
    /// <summary>A cell's turn, beginning now.</summary>
    public static CellTurn Of(int index, PlannedCell cell, RunsFolder runs)
    {
        var folder = runs.Cell(cell.Id);
        return new CellTurn(index, cell, folder, CellReport.ReadOrNew(folder));
    }

    public int Index { get; } = index;

    public PlannedCell Cell { get; } = cell;

    public CellFolder Folder { get; } = folder;

    public CellReport Before { get; } = before;

    /// <summary>When it was last put back, as the clock counts; null where it has not been tried.</summary>
    public long? PutBack { get; set; }

    /// <summary>When it was put back for the first time; null where it has not been tried.</summary>
    public long? FirstPutBack { get; set; }

    /// <summary>What a user was told of why it waits.</summary>
    public HashSet<string> Told { get; } = [];

    /// <summary>The last status that another run's worker wrote, as far as it was shown.</summary>
    public CellStatus? Shown { get; set; }

    /// <summary>Watches a worker whose run is gone; null where there is none.</summary>
    public HangWatch? Orphan { get; set; }
}
