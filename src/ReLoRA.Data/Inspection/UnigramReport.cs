using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Inspection;

/// <summary>The cross-entropy of some datasets under the unigram model of another.</summary>
/// <param name="Model">The model, in words.</param>
/// <param name="Unit">The unit of the cross-entropies.</param>
/// <param name="TrainManifestSha256">Identity of the data that the model was counted on.</param>
/// <param name="TrainTokens">Ids counted.</param>
/// <param name="VocabularySize">Size of the vocabulary.</param>
/// <param name="Domains">Each dataset, called after its folder.</param>
/// <param name="Overall">All predicted tokens together.</param>
/// <param name="MacroCrossEntropy">The unweighted mean of the domains' cross-entropies.</param>
public sealed record UnigramReport(
    string Model,
    string Unit,
    string TrainManifestSha256,
    long TrainTokens,
    int VocabularySize,
    IReadOnlyList<UnigramDomain> Domains,
    UnigramDomain Overall,
    double MacroCrossEntropy
)
{
    /// <summary>Counts one dataset and evaluates others.</summary>
    /// <param name="train">Folder of the dataset to count.</param>
    /// <param name="folders">Folders of the datasets to predict.</param>
    /// <exception cref="DataException">A dataset cannot be read, or was made with another tokenizer.</exception>
    public static UnigramReport Create(string train, IEnumerable<string> folders)
    {
        using var counted = TokenDataset.Open(train);
        var model = new UnigramModel(counted);
        var domains = new List<UnigramDomain>();
        foreach (var folder in folders)
        {
            using var data = TokenDataset.Open(folder);
            var (crossEntropy, tokens) = model.Evaluate(data);
            domains.Add(
                UnigramDomain.Create(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), crossEntropy, tokens)
            );
        }
        var all = domains.Sum(domain => domain.Tokens);
        var overall = all == 0 ? 0 : domains.Sum(domain => domain.CrossEntropy * domain.Tokens) / all;
        return new UnigramReport(
            "unigram, add-one: (count in train + 1) / (tokens of train + vocabulary size); of each row all tokens but the first are predicted",
            "nats per token",
            counted.ManifestHash,
            counted.Manifest.Tokens,
            counted.VocabularySize,
            domains,
            UnigramDomain.Create("overall", overall, all),
            domains.Count == 0 ? 0 : UnigramDomain.Rounded(domains.Average(domain => domain.CrossEntropy))
        );
    }
}
