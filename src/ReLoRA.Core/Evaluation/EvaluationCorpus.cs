using ReLoRA.Core.Configuration;
using ReLoRA.Data.Shards;

namespace ReLoRA.Core.Evaluation;

/// <summary>A folder of token datasets, one a domain.</summary>
public sealed class EvaluationCorpus : IDisposable
{
    private EvaluationCorpus(IReadOnlyList<EvaluationDomain> domains) => Domains = domains;

    /// <summary>The domains, by name.</summary>
    public IReadOnlyList<EvaluationDomain> Domains { get; }

    /// <summary>SHA-256 over the domains' names and manifests: the corpus's identity.</summary>
    public string Hash => DatasetHashes.OfDomains(Domains.Select(domain => (domain.Name, domain.Data.ManifestHash)));

    /// <summary>Opens every domain of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UserFaultException">The folder is missing or holds no dataset.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A dataset is damaged.</exception>
    public static EvaluationCorpus Open(string folder)
    {
        var names = Directory.Exists(folder) ? DatasetHashes.Domains(folder) : [];
        if (names.Count == 0)
            throw new UserFaultException(
                $"{folder} holds no evaluation data: expected one subfolder a domain, each with a manifest.json. "
                    + "Build one with 'relora data build'."
            );
        return new EvaluationCorpus([
            .. names.Select(name => new EvaluationDomain(name, TokenDataset.Open(Path.Combine(folder, name)))),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var domain in Domains)
            domain.Data.Dispose();
    }
}
