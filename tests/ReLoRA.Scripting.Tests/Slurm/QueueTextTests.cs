using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class QueueTextTests
{
    // As Slurm 22.05.8 printed it on a cluster of two nodes; the names are put in. Job 3 is no array: none of a sweep's.
    private const string Captured = """
        3|N/A|FAILED|NonZeroExitCode|node2|relora-s
        1|1|PENDING|JobArrayTaskLimit||relora-s
        2|0|PENDING|PartitionConfig||relora-s
        5|1|PENDING|DependencyNeverSatisfied||relora-s
        11|0|PENDING|ReqNodeNotAvail, UnavailableNodes:node2||relora-s
        12|1|PENDING|Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions||relora-s
        8|0|FAILED|JobLaunchFailure|node2|relora-s
        1|0|RUNNING|None|node1|relora-s
        7|0|COMPLETED|None|node1|relora-s

        """;

    [Fact]
    public void What_a_real_cluster_printed_is_read_line_by_line()
    {
        var tasks = QueueText.Read(Captured);
        Assert.Equal(
            [
                new QueuedTask("1", 1, "PENDING", "JobArrayTaskLimit", "", "relora-s"),
                new QueuedTask("2", 0, "PENDING", "PartitionConfig", "", "relora-s"),
                new QueuedTask("5", 1, "PENDING", "DependencyNeverSatisfied", "", "relora-s"),
                new QueuedTask("11", 0, "PENDING", "ReqNodeNotAvail, UnavailableNodes:node2", "", "relora-s"),
                new QueuedTask(
                    "12",
                    1,
                    "PENDING",
                    "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions",
                    "",
                    "relora-s"
                ),
                new QueuedTask("8", 0, "FAILED", "JobLaunchFailure", "node2", "relora-s"),
                new QueuedTask("1", 0, "RUNNING", "None", "node1", "relora-s"),
                new QueuedTask("7", 0, "COMPLETED", "None", "node1", "relora-s"),
            ],
            tasks
        );
    }

    [Fact]
    public void Nothing_is_no_tasks() => Assert.Empty(QueueText.Read(""));

    [Fact]
    public void The_name_of_a_cluster_that_a_user_chose_is_passed_over() =>
        Assert.Equal("9", Assert.Single(QueueText.Read("CLUSTER: big\n9|4|RUNNING|None|n1|a|b\n")).Job);

    [Theory]
    [InlineData("1|0|RUNNING|None|")]
    [InlineData("1|1-5%1|PENDING|None||relora-s")]
    [InlineData("slurm has a new face")]
    public void A_line_of_another_form_is_told_with_the_line_and_the_form(string line)
    {
        var fault = Assert.Throws<UserFaultException>(() => QueueText.Read(line));
        Assert.Contains(
            $"'{line}', which is not of the form %F|%K|%T|%r|%N|%j",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Ten_thousand_lines_are_ten_thousand_tasks()
    {
        var text = string.Concat(
            Enumerable
                .Range(0, 10_000)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"7|{i}|PENDING|Priority||relora-s\n"))
        );
        var tasks = QueueText.Read(text);
        Assert.Equal(Enumerable.Range(0, 10_000), tasks.Select(task => task.Task));
    }
}
