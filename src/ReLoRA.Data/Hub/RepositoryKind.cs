namespace ReLoRA.Data.Hub;

/// <summary>What a repository of the hub holds.</summary>
public enum RepositoryKind
{
    /// <summary>A dataset.</summary>
    Dataset,

    /// <summary>A model.</summary>
    Model,
}
