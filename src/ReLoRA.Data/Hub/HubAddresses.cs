namespace ReLoRA.Data.Hub;

/// <summary>The addresses of a hub.</summary>
internal sealed class HubAddresses(string endpoint)
{
    /// <summary>What tells the commit that a revision names.</summary>
    public HubRequest Revision(HubRepository repository) =>
        new(
            new Uri($"{Api(repository)}/revision/{Uri.EscapeDataString(repository.Revision)}"),
            $"{WhatOf(repository)} at revision {repository.Revision}"
        );

    /// <summary>The first page of the list of files.</summary>
    public HubRequest Tree(HubRepository repository, string commit) =>
        new(
            new Uri($"{Api(repository)}/tree/{commit}?recursive=true"),
            $"the list of files of {WhatOf(repository)} at {commit}"
        );

    /// <summary>A file's bytes.</summary>
    public HubRequest File(HubListing listing, HubFile file)
    {
        var repository = listing.Repository;
        var folder = repository.Kind == RepositoryKind.Dataset ? "datasets/" : "";
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        return new HubRequest(
            new Uri($"{endpoint}/{folder}{repository.Name}/resolve/{listing.Commit}/{path}"),
            $"{file.Path} of {WhatOf(repository)}"
        );
    }

    private static string WhatOf(HubRepository repository) => $"the {repository.Kinds[..^1]} {repository.Name}";

    private string Api(HubRepository repository) => $"{endpoint}/api/{repository.Kinds}/{repository.Name}";
}
