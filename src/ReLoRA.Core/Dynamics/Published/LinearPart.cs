namespace ReLoRA.Core.Dynamics.Published;

/// <summary>A part of a linear that is published on its own.</summary>
public enum LinearPart
{
    /// <summary>
    /// The linear: its stored weight, without what its adapters add. Of activations it is the module's output, which the adapters are
    /// in already.
    /// </summary>
    Linear,

    /// <summary>The adapter's first factor, (rank, inputs).</summary>
    A,

    /// <summary>The adapter's second factor, (outputs, rank).</summary>
    B,
}
