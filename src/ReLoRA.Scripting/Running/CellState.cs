namespace ReLoRA.Scripting.Running;

/// <summary>How far a cell is.</summary>
public enum CellState
{
    /// <summary>Nothing was trained yet.</summary>
    New,

    /// <summary>A worker trains it now.</summary>
    Running,

    /// <summary>Begun and not finished; a run goes on from its last checkpoint.</summary>
    Stopped,

    /// <summary>Its last worker failed; a run tries it again.</summary>
    Failed,

    /// <summary>A search trained it to a step and did not promote it; it can go on.</summary>
    Paused,

    /// <summary>Its log ends in an end record; it is never repeated.</summary>
    Finished,
}
