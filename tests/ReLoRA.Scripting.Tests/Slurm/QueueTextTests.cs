using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class QueueTextTests
{
    // As Slurm 22.05.8 printed it on a cluster of two nodes.
    private const string Captured = """
        3|N/A|FAILED|NonZeroExitCode|node2
        1|1|PENDING|JobArrayTaskLimit|
        2|0|PENDING|PartitionConfig|
        5|1|PENDING|DependencyNeverSatisfied|
        11|0|PENDING|ReqNodeNotAvail, UnavailableNodes:node2|
        12|1|PENDING|Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions|
        8|0|FAILED|JobLaunchFailure|node2
        1|0|RUNNING|None|node1
        7|0|COMPLETED|None|node1

        """;

    [Fact]
    public void What_a_real_cluster_printed_is_read_line_by_line()
    {
        var tasks = QueueText.Read(Captured);
        Assert.Equal(
            [
                new QueuedTask("3", 0, "FAILED", "NonZeroExitCode", "node2"),
                new QueuedTask("1", 1, "PENDING", "JobArrayTaskLimit", ""),
                new QueuedTask("2", 0, "PENDING", "PartitionConfig", ""),
                new QueuedTask("5", 1, "PENDING", "DependencyNeverSatisfied", ""),
                new QueuedTask("11", 0, "PENDING", "ReqNodeNotAvail, UnavailableNodes:node2", ""),
                new QueuedTask(
                    "12",
                    1,
                    "PENDING",
                    "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions",
                    ""
                ),
                new QueuedTask("8", 0, "FAILED", "JobLaunchFailure", "node2"),
                new QueuedTask("1", 0, "RUNNING", "None", "node1"),
                new QueuedTask("7", 0, "COMPLETED", "None", "node1"),
            ],
            tasks
        );
    }

    [Fact]
    public void Nothing_is_no_tasks() => Assert.Empty(QueueText.Read(""));

    [Fact]
    public void The_name_of_a_cluster_that_a_user_chose_is_passed_over() =>
        Assert.Equal("9", Assert.Single(QueueText.Read("CLUSTER: big\n9|4|RUNNING|None|n1\n")).Job);

    [Theory]
    [InlineData("1|0|RUNNING|None")]
    [InlineData("1|1-5%1|PENDING|None|")]
    [InlineData("slurm has a new face")]
    public void A_line_of_another_form_is_told_with_the_line_and_the_form(string line)
    {
        var fault = Assert.Throws<UserFaultException>(() => QueueText.Read(line));
        Assert.Contains($"'{line}', which is not of the form %F|%K|%T|%r|%N", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_lines_are_ten_thousand_tasks()
    {
        var text = string.Concat(
            Enumerable
                .Range(0, 10_000)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"7|{i}|PENDING|Priority|\n"))
        );
        var tasks = QueueText.Read(text);
        Assert.Equal(Enumerable.Range(0, 10_000), tasks.Select(task => task.Task));
    }
}
