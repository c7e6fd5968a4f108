using ReLoRA.Data.Inspection;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Inspection;

public sealed class UnigramModelTests
{
    // Figures are rounded to six digits in the report.
    private const double Rounding = 5e-7;

    [Fact]
    public void The_cross_entropy_is_that_of_the_add_one_counts()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var train = SmallData.Write(one, [4], rowLength: 3, vocabulary: 40);
        var data = SmallData.Write(other, [2], rowLength: 3, vocabulary: 40);
        var ids = Enumerable.Range(0, 4).SelectMany(row => SmallData.Row(row, 3, 40)).ToList();
        var predicted = Enumerable.Range(0, 2).SelectMany(row => SmallData.Row(row, 3, 40).Skip(1)).ToList();
        var expected = predicted.Average(id => -Math.Log((ids.Count(seen => seen == id) + 1) / (12.0 + 40)));
        var report = UnigramReport.Create(train, [data]);
        Assert.Equal(expected, report.Overall.CrossEntropy, Rounding);
        Assert.Equal(expected, report.MacroCrossEntropy, Rounding);
        Assert.Equal(4, report.Overall.Tokens);
        Assert.Equal(Math.Exp(expected), report.Domains[0].Perplexity, Rounding);
    }

    [Fact]
    public void Data_of_another_tokenizer_is_refused()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        SmallData.Write(one, [4]);
        SmallData.Write(other, [4]);
        SmallData.EditManifest(
            other.Path,
            text => text.Replace(new string('0', 64), new string('1', 64), StringComparison.Ordinal)
        );
        using var train = TokenDataset.Open(one.Path);
        using var data = TokenDataset.Open(other.Path);
        var fault = Assert.Throws<DataException>(() => new UnigramModel(train).Evaluate(data));
        Assert.Equal(DataFault.Mismatch, fault.Fault);
    }
}
