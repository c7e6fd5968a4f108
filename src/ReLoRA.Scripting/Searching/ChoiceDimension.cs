namespace ReLoRA.Scripting.Searching;

/// <summary>One of several options without an order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">How many there are, at least two.</param>
internal sealed record ChoiceDimension(string Name, int Options) : SearchDimension(Name)
{
    public override double AtShare(double share) => Math.Min(Options - 1, Math.Floor(share * Options));
}
