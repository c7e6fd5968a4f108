namespace ReLoRA.Core.Configuration;

/// <summary>What happens where the rows of a pass over the data are used up.</summary>
public enum EpochEnd
{
    /// <summary>Rows too few for a batch are left out of this pass, and the next one begins.</summary>
    DropRest,

    /// <summary>A batch takes its last rows from the next pass, so that every pass has every row.</summary>
    Carry,

    /// <summary>Each row once at most: a run that needs more rows than there are is refused before it begins.</summary>
    Once,
}
