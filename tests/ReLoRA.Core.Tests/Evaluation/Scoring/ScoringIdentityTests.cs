using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Evaluation.Scoring;

public sealed class ScoringIdentityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_precision_tokens_and_what_is_scored_of_them_each_make_another_name()
    {
        var path = folder.File("model.safetensors");
        File.WriteAllText(path, "weights");
        ScoredItem[] items = [new([new([1, 2, 3]), new([1, 2])])];
        var name = ScoringIdentity.Of([path], "Float32", items);

        Assert.Equal(name, ScoringIdentity.Of([path], "Float32", items));
        string[] others =
        [
            name,
            ScoringIdentity.Of([path], "Float64", items),
            ScoringIdentity.Of([path], "Float32", [new([new([1, 2, 3]), new([1, 3])])]),
            ScoringIdentity.Of([path], "Float32", [new([new([1, 2, 3], First: 2), new([1, 2])])]),
            ScoringIdentity.Of([path], "Float32", [new([new([1, 2, 3])]), new([new([1, 2])])]),
        ];
        File.WriteAllText(path, "others");
        Assert.Equal(6, others.Append(ScoringIdentity.Of([path], "Float32", items)).Distinct().Count());
    }
}
