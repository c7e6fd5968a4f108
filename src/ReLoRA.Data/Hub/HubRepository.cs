namespace ReLoRA.Data.Hub;

/// <summary>A repository of the hub at a revision.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Owner and name, as in <c>pico-lm/pretokenized-dolma</c>.</param>
/// <param name="Revision">A branch, a tag or a commit.</param>
public sealed record HubRepository(RepositoryKind Kind, string Name, string Revision)
{
    /// <summary>What the hub calls repositories of its kind: <c>datasets</c> or <c>models</c>.</summary>
    internal string Kinds => Kind == RepositoryKind.Dataset ? "datasets" : "models";
}
