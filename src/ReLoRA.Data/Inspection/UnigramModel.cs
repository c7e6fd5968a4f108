using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Inspection;

/// <summary>
/// The add-one unigram model of a dataset: the probability of an id is (its count + 1) / (all ids + vocabulary size), whatever comes
/// before it. A model that learned more than how often words occur is below its cross-entropy.
/// </summary>
public sealed class UnigramModel
{
    private readonly TokenDataset _train;
    private readonly double[] _surprise;

    /// <summary>Counts the ids of a dataset.</summary>
    /// <param name="train">The training data; all ids of all rows count.</param>
    /// <exception cref="DataException">An id is out of range.</exception>
    public UnigramModel(TokenDataset train)
    {
        _train = train;
        var counts = new long[train.VocabularySize];
        var row = new long[train.RowLength];
        for (long index = 0; index < train.RowCount; index++)
        {
            train.ReadRow(index, row);
            foreach (var id in row)
                counts[id]++;
        }
        var all = (double)train.RowCount * train.RowLength + train.VocabularySize;
        _surprise = Array.ConvertAll(counts, count => -Math.Log((count + 1) / all));
    }

    /// <summary>The mean surprise of what a model predicts: the ids of each row but the first.</summary>
    /// <param name="data">The data to predict.</param>
    /// <returns>Mean cross-entropy in nats per token, and the number of tokens predicted.</returns>
    /// <exception cref="DataException">It was made with another tokenizer (<see cref="DataFault.Mismatch"/>).</exception>
    public (double CrossEntropy, long Tokens) Evaluate(TokenDataset data)
    {
        if (data.Manifest.TokenizerSha256 != _train.Manifest.TokenizerSha256)
            throw new DataException(
                DataFault.Mismatch,
                $"{data.Folder}: made with tokenizer {data.Manifest.TokenizerSha256}, and {_train.Folder} with "
                    + $"{_train.Manifest.TokenizerSha256}. Build both with the same tokenizer."
            );
        var row = new long[data.RowLength];
        double sum = 0;
        for (long index = 0; index < data.RowCount; index++)
        {
            data.ReadRow(index, row);
            foreach (var id in row.AsSpan(1))
                sum += _surprise[id];
        }
        var tokens = data.RowCount * (data.RowLength - 1);
        return (tokens == 0 ? 0 : sum / tokens, tokens);
    }
}
