using ReLoRA.Scripting.Slurm;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class WaitingReasonTests
{
    [Theory]
    [InlineData("Resources", "waits for free resources")]
    [InlineData("Priority", "waits: others are before it")]
    [InlineData("JobArrayTaskLimit", "waits for its turn: as many tasks run at once as --array-limit lets")]
    [InlineData("AssocGrpCpuLimit", "waits for others of the account to end: AssocGrpCpuLimit")]
    [InlineData("QOSMaxJobsPerUserLimit", "waits for others of the account to end: QOSMaxJobsPerUserLimit")]
    public void What_begins_by_itself_needs_no_help(string reason, string words)
    {
        var meaning = WaitingReason.Of(reason);
        Assert.Equal((words, false), (meaning.Words, meaning.IsForEver));
    }

    [Theory]
    [InlineData("DependencyNeverSatisfied", "waits for a job that failed")]
    [InlineData("PartitionConfig", "asks for what the partition does not have")]
    [InlineData("PartitionTimeLimit", "asks for more time than the partition lets")]
    [InlineData("ReqNodeNotAvail, UnavailableNodes:node2", "its nodes are away")]
    [InlineData(
        "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions",
        "its nodes are away"
    )]
    [InlineData("launch failed requeued held", "is held: could not be started")]
    [InlineData("QOSMaxCpuPerJobLimit", "asks for what a job may not have: QOSMaxCpuPerJobLimit")]
    [InlineData("QOSMinGRES", "asks for what a job may not have: QOSMinGRES")]
    [InlineData("AssocGrpCPUMinutesLimit", "the account's time is used up: AssocGrpCPUMinutesLimit")]
    public void What_waits_for_ever_has_a_remedy(string reason, string words)
    {
        var meaning = WaitingReason.Of(reason);
        Assert.Equal((words, true), (meaning.Words, meaning.IsForEver));
    }

    [Fact]
    public void A_reason_that_is_not_known_is_told_as_it_is() =>
        Assert.Equal(new WaitingReason("waits: MoonPhase"), WaitingReason.Of("MoonPhase"));

    [Fact]
    public void The_documentation_has_every_reason()
    {
        var text = File.ReadAllText(Repository.PathOf("docs", "slurm-status.md"));
        Assert.All(
            WaitingReason.Table,
            row => Assert.Contains($"\n| `{row.Reason}` | {row.Meaning.Words} |", text, StringComparison.Ordinal)
        );
    }
}
