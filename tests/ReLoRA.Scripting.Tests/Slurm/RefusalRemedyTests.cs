using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class RefusalRemedyTests
{
    [Theory]
    [InlineData("Batch job submission failed: Memory specification can not be satisfied", "Correct --mem.")]
    [InlineData("Batch job submission failed: Invalid generic resource (gres) specification", "Correct --gpus: ")]
    [InlineData("Batch job submission failed: CPU count per node can not be satisfied", "Correct --cpus.")]
    [InlineData("Requested time limit is invalid (missing or exceeds some limit)", "Correct --time; ")]
    [InlineData("Requested node configuration is not available", "No node has that: ")]
    [InlineData("Invalid account or account/partition combination specified", "Correct --account, or --partition.")]
    [InlineData("invalid partition specified: nowhere", "Correct --partition.")]
    [InlineData("Slurm temporarily unable to accept job, sleeping and retrying", "It most likely has as many jobs")]
    public void What_Slurm_refuses_has_a_remedy(string error, string remedy) =>
        Assert.StartsWith(remedy, RefusalRemedy.Of(error), StringComparison.Ordinal);

    [Fact]
    public void Partitions_are_shown_only_where_the_partition_is_at_fault()
    {
        Assert.True(RefusalRemedy.NeedsPartitions("invalid partition specified: nowhere"));
        Assert.False(
            RefusalRemedy.NeedsPartitions(
                "Batch job submission failed: Requested partition configuration not available now"
            )
        );
        Assert.Empty(RefusalRemedy.Of("Unable to contact slurm controller"));
    }
}
