namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Folds adapters into the frozen weight.</summary>
public interface IMerge
{
    /// <summary>Adds the adapters' product to W, in place. A and B stay as they are.</summary>
    /// <param name="linear">The linear to merge.</param>
    void Apply(ReLoRALinear linear);
}
