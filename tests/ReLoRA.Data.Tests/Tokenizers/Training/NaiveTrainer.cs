using ReLoRA.Data.Tokenizers.Training;

namespace ReLoRA.Data.Tests.Tokenizers.Training;

/// <summary>The same training, counting every pair anew before each merge.</summary>
internal static class NaiveTrainer
{
    public static List<(string Left, string Right)> Merges(string text, int size)
    {
        var counted = new WordCounts();
        counted.Add(text);
        var vocabulary = new GrowingVocabulary(counted.EndOfTextName);
        var words = counted
            .Words.Select(word => (Word: new TrainingWord(vocabulary.BytesOf(word.Word), word.Count), word.Count))
            .ToList();
        var merges = new List<(string Left, string Right)>();
        while (vocabulary.Count < size)
        {
            var counts = new Dictionary<TokenPair, long>();
            foreach (var (word, count) in words)
            {
                foreach (var pair in word.Pairs())
                    counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
            var best = counts
                .Where(entry => entry.Value >= 2)
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key)
                .ToList();
            if (best.Count == 0)
                break;
            var chosen = best[0].Key;
            var merged = vocabulary.Join(chosen);
            words.ForEach(word => word.Word.Merge(chosen, merged));
            var merge = (vocabulary[chosen.Left], vocabulary[chosen.Right]);
            if (!merges.Contains(merge))
                merges.Add(merge);
        }
        return merges;
    }
}
