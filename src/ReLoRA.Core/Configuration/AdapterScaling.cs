namespace ReLoRA.Core.Configuration;

/// <summary>What multiplies the adapters' product.</summary>
public enum AdapterScaling
{
    /// <summary><c>alpha / rank</c>, the same in every linear.</summary>
    Fixed,

    /// <summary>
    /// <c>tanh(s)</c> with one trained s a linear, which starts at 1 and is put back to 1 at each reset, as in the code of
    /// "Investigating ReLoRA". Alpha is not used.
    /// </summary>
    TrainableTanh,
}
