namespace ReLoRA.Data.Hub;

/// <summary>A file of a repository.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its content in hexadecimal, where it is kept as a large file; null where it is kept in git itself.</param>
/// <param name="GitOid">Its name in git: SHA-1 of <c>"blob {size}\0"</c> and the content, or of a large file's pointer.</param>
public sealed record HubFile(string Path, long Bytes, string? Sha256, string GitOid)
{
    /// <summary>What it is called in the cache: files of one content have one name.</summary>
    internal string ContentName => Sha256 ?? GitOid;
}
