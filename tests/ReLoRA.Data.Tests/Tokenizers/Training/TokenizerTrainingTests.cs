using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Training;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Tokenizers.Training;

public sealed class TokenizerTrainingTests
{
    [Fact]
    public void Equal_text_gives_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        var one = Train(folder, "one.json");
        var other = Train(folder, "other.json");
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other));
        Assert.Equal(262, ByteLevelTokenizer.Load(one).VocabularySize);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        using var folder = new TemporaryFolder();
        var path = Train(folder, "one.json");
        File.WriteAllText(path, "mine");
        var fault = Assert.Throws<DataException>(() => Train(folder, "one.json"));
        Assert.Equal(DataFault.Exists, fault.Fault);
        Assert.Equal("mine", File.ReadAllText(path));
        Train(folder, "one.json", force: true);
        Assert.Equal(262, ByteLevelTokenizer.Load(path).VocabularySize);
    }

    private static string Train(TemporaryFolder folder, string name, bool force = false)
    {
        File.WriteAllText(folder.File("text.txt"), "the cat sat on the mat with the hat of the cat");
        var output = folder.File(name);
        TokenizerTraining.Run(
            new TrainingOptions
            {
                Inputs = [folder.File("text.txt")],
                Output = output,
                VocabularySize = 262,
                Force = force,
            }
        );
        return output;
    }
}
