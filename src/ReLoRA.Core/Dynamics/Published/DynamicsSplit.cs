namespace ReLoRA.Core.Dynamics.Published;

/// <summary>The data that a published measurement was taken on.</summary>
public enum DynamicsSplit
{
    /// <summary>The batch about to be trained on.</summary>
    Train,

    /// <summary>The validation data.</summary>
    Val,
}
