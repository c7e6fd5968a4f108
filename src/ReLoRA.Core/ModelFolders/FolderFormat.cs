using System.Text.Json.Nodes;

namespace ReLoRA.Core.ModelFolders;

/// <summary>How an architecture's models lie in folders: the keys of <c>config.json</c> and the names of weights.</summary>
internal abstract class FolderFormat
{
    /// <summary>The <c>model_type</c> of a model without adapters.</summary>
    public abstract string ModelType { get; }

    /// <summary>The <c>model_type</c> of a model with adapters.</summary>
    public abstract string AdaptedModelType { get; }

    /// <summary>The class that <c>architectures</c> names for a model without adapters; null where the key is left out.</summary>
    public virtual string? ClassName => null;

    /// <summary>Keys that a file must have with this value if it has them, and that are written.</summary>
    public virtual IReadOnlyList<(string Key, JsonNode Value)> Fixed => [];

    /// <summary>Keys that a file may not have, since they would change what the model computes, and what is allowed in their place.</summary>
    public virtual IReadOnlyList<(string Key, string Allowed)> Refused => [];

    /// <summary>The token embedding's bare name.</summary>
    public abstract string Embedding { get; }

    /// <summary>The output head's bare name.</summary>
    public abstract string Head { get; }

    /// <summary>The keys of the shape, in the order in which they are written.</summary>
    public abstract IReadOnlyList<FolderField> Fields { get; }

    /// <summary>What files may put before bare names.</summary>
    protected abstract IReadOnlyList<string> Prefixes { get; }

    /// <summary>The name under which a weight is written.</summary>
    /// <param name="name">The bare name.</param>
    public abstract string FileName(string name);

    /// <summary>Whether a tensor of a file is none of the weights and may be passed over: a table that old files hold.</summary>
    /// <param name="name">The bare name.</param>
    public virtual bool IsTable(string name) => false;

    /// <summary>A name of a file without prefixes.</summary>
    public string BareName(string name)
    {
        while (Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            name = name[prefix.Length..];
        return name;
    }
}
