namespace ReLoRA.Scripting.Searching;

/// <summary>One thing that a search chooses. Its values are numbers: a choice's are the places of its options.</summary>
/// <param name="Name">Its name, unique in a search.</param>
internal abstract record SearchDimension(string Name)
{
    /// <summary>The value at a share of the prior: 0 is the first, just under 1 the last.</summary>
    public abstract double AtShare(double share);
}
