namespace ReLoRA.Core.Configuration;

/// <summary>What a reset does to the adapters' AdamW step counter, which corrects the moments' bias towards zero.</summary>
public enum AdamCounter
{
    /// <summary>It goes on counting, as in every published implementation: cleared moments are taken for settled ones.</summary>
    Kept,

    /// <summary>It starts again at zero: the first updates after a reset are corrected as those of a new run are.</summary>
    Reset,
}
