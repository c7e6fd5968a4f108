namespace ReLoRA.Data.Hub;

/// <summary>The files of a repository at one commit.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Commit">The commit that its revision named when it was listed.</param>
/// <param name="Files">Its files by their paths in ordinal order.</param>
public sealed record HubListing(HubRepository Repository, string Commit, IReadOnlyList<HubFile> Files);
