using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class ThrottleAnswerTests
{
    // As scontrol 22.05.8 printed it, with exit code 1, for arrays of which some or all tasks had ended.
    [Theory]
    [InlineData("1_0: Job has already finished\n1_1-3: No error\n", "")]
    [InlineData("", "Job has already finished for job 3")]
    [InlineData("", "Invalid job id specified for job 99999")]
    public void Tasks_that_have_ended_are_no_fault_for_those_that_live(string output, string error) =>
        Assert.True(ThrottleAnswer.IsDone(output, error));

    [Theory]
    [InlineData("", "")]
    [InlineData("", "Access/permission denied for job 1")]
    [InlineData("1_0: Job has already finished\n1_1-3: Access/permission denied\n", "")]
    public void Anything_else_is(string output, string error) => Assert.False(ThrottleAnswer.IsDone(output, error));
}
