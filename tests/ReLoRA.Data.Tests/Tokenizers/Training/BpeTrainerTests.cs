using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Training;

namespace ReLoRA.Data.Tests.Tokenizers.Training;

public sealed class BpeTrainerTests
{
    [Fact]
    public void The_most_frequent_pair_is_merged_first()
    {
        var merges = SmallTokenizer.Train("ab ab ab cd cd", 259).Merges;
        Assert.Equal([("a", "b"), ("c", "d")], merges.Where(merge => merge.Left != "Ġ"));
    }

    [Fact]
    public void Of_equally_frequent_pairs_the_one_with_the_smaller_ids_comes_first()
    {
        Assert.Equal([("c", "d"), ("x", "y")], SmallTokenizer.Train("xy\nxy\ncd\ncd", 259).Merges);
    }

    [Fact]
    public void A_pair_that_occurs_once_is_no_token()
    {
        Assert.Equal(BpeTrainer.SmallestVocabulary, SmallTokenizer.Train("abcdef", 300).Size);
    }

    [Fact]
    public void End_of_text_is_never_part_of_a_word()
    {
        var words = new WordCounts();
        words.Add("one<|endoftext|>two<|endoftext|>");
        Assert.Equal(["one", "two"], words.Words.Select(word => word.Word));
    }

    [Fact]
    public void The_order_of_the_documents_does_not_matter()
    {
        Assert.Equal(Train(["the cat", "the hat", "sat"]).Merges, Train(["sat", "the hat", "the cat"]).Merges);

        static TokenizerDefinition Train(string[] documents)
        {
            var words = new WordCounts();
            foreach (var document in documents)
                words.Add(document);
            return BpeTrainer.Train(words, 300);
        }
    }

    [Fact]
    public void Counting_incrementally_gives_what_counting_anew_gives()
    {
        // Few letters, so that words overlap, repeat letters and reach the same token by two ways.
        var letters = Gen.Elements('a', 'b', 'c', ' ');
        var texts = letters.ArrayOf().Resize(200).Select(text => new string(text));
        Prop.ForAll(
                texts.Where(text => text.Length > 0).ToArbitrary(),
                text => SmallTokenizer.Train(text, 290).Merges.SequenceEqual(NaiveTrainer.Merges(text, 290))
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_is_encoded_with_the_merged_tokens()
    {
        const string Text = "the cat sat on the mat with the hat of the cat";
        var definition = SmallTokenizer.Train(Text, 270);
        var ids = new ByteLevelTokenizer(definition).Encode(Text);
        Assert.Equal(definition.Vocabulary["the"], ids[0]);
        Assert.Equal(3, ids.Count(id => id == definition.Vocabulary["Ġthe"]));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    [InlineData(2_000_000)]
    public void A_size_out_of_range_is_refused(int size)
    {
        var fault = Assert.Throws<DataException>(() => SmallTokenizer.Train("text", size));
        Assert.Equal(DataFault.InvalidValue, fault.Fault);
    }

    [Fact]
    public void Training_on_nothing_is_refused()
    {
        var fault = Assert.Throws<DataException>(() => BpeTrainer.Train(new WordCounts(), 300));
        Assert.Equal(DataFault.TooSmall, fault.Fault);
    }
}
