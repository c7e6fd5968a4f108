using ReLoRA.Core.Evaluation.Blimp;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.Training;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation;

/// <summary>
/// Minimal pairs in the JSON-lines schema of BLiMP (Warstadt et al., "BLiMP: The Benchmark of Linguistic Minimal Pairs for English", TACL
/// 2020), as a run is given them: <see cref="BlimpEvaluator"/> reads and scores them.
/// </summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Pairs">The pairs, by file name and line.</param>
public sealed record MinimalPairSuite(string Name, IReadOnlyList<MinimalPair> Pairs)
{
    /// <summary>Opens a suite.</summary>
    /// <param name="folder">A folder or archive of <c>.jsonl</c> files.</param>
    /// <param name="tokenizer">The <c>tokenizer.json</c> that made the training data.</param>
    /// <param name="tokenizerHash">The tokenizer's hash as the training data's manifest has it.</param>
    /// <exception cref="UserFaultException">
    /// The tokenizer is another one, the folder holds no pairs, or a line is malformed.
    /// </exception>
    /// <exception cref="DataException">The tokenizer or a file of pairs is missing or damaged.</exception>
    public static MinimalPairSuite Open(string folder, string tokenizer, string tokenizerHash)
    {
        var words = TextTokenizer.Open(tokenizer);
        TokenizerCheck.RequireSame(tokenizer, tokenizerHash);
        return Open(folder, words);
    }

    /// <summary>Opens a suite with a tokenizer that is known to fit.</summary>
    /// <param name="folder">A folder or archive of <c>.jsonl</c> files.</param>
    /// <param name="tokenizer">Turns the sentences into ids.</param>
    /// <exception cref="UserFaultException">The folder holds no pairs, or a line is malformed.</exception>
    /// <exception cref="DataException">A file of pairs is damaged.</exception>
    public static MinimalPairSuite Open(string folder, ITextTokenizer tokenizer)
    {
        var pairs = BlimpReader.Read(
            new EvaluationSource
            {
                Data = folder,
                Tokenizer = tokenizer,
                // Several models can be asked for their fitness: RequireFits.
                Positions = int.MaxValue - 1,
                VocabularySize = int.MaxValue,
            }
        );
        if (pairs.Count == 0)
            throw new UserFaultException(
                $"{folder} holds no minimal pairs; allowed: {PackedFiles.Kinds}, in BLiMP's schema. "
                    + "Set Evaluation.Pairs to such data, or to \"\" to evaluate none."
            );
        return new MinimalPairSuite(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), pairs);
    }

    /// <summary>Refuses a suite that a model cannot score.</summary>
    /// <param name="positions">The model's longest sequence.</param>
    /// <exception cref="UserFaultException">A sentence has more tokens than that and the one after.</exception>
    public void RequireFits(int positions)
    {
        var longest = Pairs.Max(pair => Math.Max(pair.Good.Count, pair.Bad.Count));
        if (longest - 1 > positions)
            throw new UserFaultException(
                $"Evaluation.Pairs: {Name} has a sentence of {longest} tokens; allowed: at most Model.MaxSequenceLength + 1 "
                    + $"({positions + 1}). Raise the knob, or leave the sentence out."
            );
    }
}
