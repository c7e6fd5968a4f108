using System.Globalization;
using ReLoRA.Data.Hub;

namespace ReLoRA.Cli.Commands;

/// <summary>What was, or would be, pulled.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Revision">The revision asked for.</param>
/// <param name="Commit">The commit that it names.</param>
/// <param name="Folder">Where the files are; null where none was fetched.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="BytesNow">Bytes that were fetched.</param>
/// <param name="Files">The files.</param>
internal sealed record PullView(
    string Repository,
    RepositoryKind Kind,
    string Revision,
    string Commit,
    string? Folder,
    long Bytes,
    long BytesNow,
    IReadOnlyList<HubFile> Files
)
{
    public static PullView Of(HubListing listing, string? folder, long bytesNow) =>
        new(
            listing.Repository.Name,
            listing.Repository.Kind,
            listing.Repository.Revision,
            listing.Commit,
            folder,
            listing.Files.Sum(file => file.Bytes),
            bytesNow,
            listing.Files
        );

    /// <summary>One line about all of it.</summary>
    public string Summary() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Repository} at commit {Commit}: {Files.Count:N0} file(s), {ByteText.Of(Bytes)}"
        );

    /// <summary>A line for each file: its size in bytes and its path.</summary>
    public IEnumerable<string> Lines() =>
        Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Bytes, 19:N0}  {file.Path}"));
}
