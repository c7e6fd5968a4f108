namespace ReLoRA.Data.Inspection;

/// <summary>How often an id occurs.</summary>
/// <param name="Id">The id.</param>
/// <param name="Count">Its occurrences.</param>
public sealed record TokenCount(int Id, long Count);
