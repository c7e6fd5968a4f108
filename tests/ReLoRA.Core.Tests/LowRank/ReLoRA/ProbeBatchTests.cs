using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Data.Shards;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

public sealed class ProbeBatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunConfig small = SmallRuns.ReLoRA(ResetSemantics.Exact);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_vocabulary_is_probed_over_whole_rows() => Assert.Equal(12, ProbeBatch.Positions(small));

    [Fact]
    public void A_large_one_is_cut_to_so_many_logits_that_its_proof_fits_beside_training()
    {
        var config = Presets.PicoSmall;

        var logits = 2 * ProbeBatch.Positions(config) * config.Model.VocabularySize;

        Assert.InRange(logits, 1 << 23, 1 << 24);
        Assert.InRange(ProbeBatch.Memory(config), 0, 1L << 30);
    }

    [Fact]
    public void What_is_cut_keeps_the_first_positions_and_their_own_labels()
    {
        using var scope = NewDisposeScope();
        SmallRuns.Cell(folder, small);
        using var data = TokenDataset.Open(folder.File("data", "train"));
        var (whole, _) = ProbeBatch.Read(data, small, CPU);
        var large = small with { Model = small.Model with { VocabularySize = 1 << 21 } };

        var (inputs_BT, labels_BT) = ProbeBatch.Read(data, large, CPU);

        Assert.Equal([2, 4], inputs_BT.shape);
        Assert.Equal(whole.narrow(1, 0, 4).data<long>().ToArray(), inputs_BT.data<long>().ToArray());
        Assert.Equal(whole.narrow(1, 1, 4).data<long>().ToArray(), labels_BT.data<long>().ToArray());
    }
}
