using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Core.Configuration;

/// <summary>What a run's datasets hold, whatever their folders are called.</summary>
/// <param name="Train">The manifest hash of the training data.</param>
/// <param name="Evaluation">The hash of the evaluation data, see <see cref="OfDomains(string)"/>.</param>
public sealed record DatasetHashes(string Train, string Evaluation)
{
    /// <summary>The file that describes a dataset folder.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>SHA-256 of a dataset's manifest, in hexadecimal. The manifest holds the hash of each shard.</summary>
    /// <param name="folder">A dataset folder.</param>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    public static string OfManifest(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, ManifestName))));

    /// <summary>The hash of several corpora that are mixed: the one's own where it is alone.</summary>
    /// <param name="manifests">Their manifest hashes, in the order of the mix.</param>
    public static string OfMix(IReadOnlyList<string> manifests) =>
        manifests.Count == 1
            ? manifests[0]
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', manifests))));

    /// <summary>The names of the domains of an evaluation folder (its subfolders that hold a manifest), ordered.</summary>
    /// <param name="folder">A folder of dataset folders.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Domains(string folder) =>
        [
            .. Directory
                .EnumerateDirectories(folder)
                .Where(domain => File.Exists(Path.Combine(domain, ManifestName)))
                .Select(domain => Path.GetFileName(domain)!)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// The hash of an evaluation folder: SHA-256, in hexadecimal, over one line <c>name TAB manifest hash LF</c> for each domain
    /// in ordinal order of the names.
    /// </summary>
    /// <param name="folder">A folder of dataset folders.</param>
    /// <exception cref="IOException">The folder or a manifest cannot be read.</exception>
    public static string OfDomains(string folder) =>
        OfDomains(Domains(folder).Select(name => (name, OfManifest(Path.Combine(folder, name)))));

    /// <summary>The same over names and manifest hashes that were read already, in any order.</summary>
    /// <param name="domains">Each domain's name and manifest hash.</param>
    public static string OfDomains(IEnumerable<(string Name, string ManifestHash)> domains)
    {
        var lines = domains
            .OrderBy(domain => domain.Name, StringComparer.Ordinal)
            .Select(domain => $"{domain.Name}\t{domain.ManifestHash}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
