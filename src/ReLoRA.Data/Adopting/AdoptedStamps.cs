using System.Security.Cryptography;
using System.Text.Json;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Adopting;

/// <summary>
/// When the files of an adopted folder were last written as their checksums were taken. The files are not ours: whoever made them may
/// write them anew, in the same size. A file that was written since is hashed before it is used, so that changed content is never taken
/// for that of the manifest, by whose hash cells are named. The stamps themselves are in no hash.
/// </summary>
/// <param name="ManifestSha256">The manifest that they belong to.</param>
/// <param name="Modified">When each file was last written.</param>
internal sealed record AdoptedStamps(string ManifestSha256, IReadOnlyDictionary<string, long> Modified)
{
    public const string FileName = "manifest.stamps.json";

    public static AdoptedStamps Of(string folder, DatasetManifest manifest, IEnumerable<long> modified) =>
        new(
            System.Convert.ToHexStringLower(SHA256.HashData(ManifestJson.Write(manifest))),
            manifest
                .Shards.Zip(modified)
                .ToDictionary(pair => pair.First.File, pair => pair.Second, StringComparer.Ordinal)
        );

    /// <exception cref="DataException">They cannot be written.</exception>
    public void Publish(string folder) =>
        DataFiles.Publish(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Hashes every file that was written after its checksum was taken.</summary>
    /// <exception cref="DataException">One has other content (<see cref="DataFault.Mismatch"/>).</exception>
    public static void Require(string folder, DatasetManifest manifest, string manifestSha256)
    {
        var known = Read(folder, manifestSha256);
        var found = manifest.Shards.ToDictionary(
            shard => shard.File,
            shard => AdoptedFile.ModifiedOf(Path.Combine(folder, shard.File)),
            StringComparer.Ordinal
        );
        var written = manifest.Shards.Where(shard => known.GetValueOrDefault(shard.File) != found[shard.File]).ToList();
        if (written.Count == 0)
            return;
        foreach (var shard in written)
            RequireSame(Path.Combine(folder, shard.File), shard.Sha256);
        try
        {
            new AdoptedStamps(manifestSha256, found).Publish(folder);
        }
        catch (DataException)
        {
            // A folder that cannot be written to is hashed at each opening; nothing is wrong with its data.
        }
    }

    private static IReadOnlyDictionary<string, long> Read(string folder, string manifestSha256)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, FileName));
            var stamps = JsonSerializer.Deserialize<AdoptedStamps>(bytes);
            if (stamps is { Modified: not null } && stamps.ManifestSha256 == manifestSha256)
                return stamps.Modified;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // Without stamps every file is hashed, which is as safe and only slower.
        }
        return new Dictionary<string, long>();
    }

    private static void RequireSame(string path, string expected)
    {
        var found = DataFiles.Sha256(path);
        if (found != expected)
            throw new DataException(
                DataFault.Mismatch,
                $"{path}: SHA-256 {found}; the manifest says {expected}. The file was written anew since the folder was adopted: adopt "
                    + "it again (relora data adopt), by which it becomes another dataset, or restore the file."
            );
    }
}
