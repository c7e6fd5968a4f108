using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class TaskEnvironmentTests
{
    [Fact]
    public void A_task_is_known_by_its_arrays_id_and_requeued_by_its_own()
    {
        var task = TaskEnvironment.Read(
            Of(
                ("SLURM_ARRAY_JOB_ID", "17"),
                ("SLURM_ARRAY_TASK_ID", "3"),
                ("SLURM_JOB_ID", "20"),
                ("SLURM_RESTART_COUNT", "2"),
                ("SLURMD_NODENAME", "node7"),
                ("CUDA_VISIBLE_DEVICES", "0,2")
            )
        );
        Assert.Equal(("17_3_2", "node7", "20"), (task.Self.Name, task.Self.Node, task.JobId));
        Assert.Equal(["0", "2"], task.Gpus);
    }

    [Fact]
    public void A_first_start_has_no_count() =>
        Assert.Equal(
            0,
            TaskEnvironment.Read(Of(("SLURM_ARRAY_JOB_ID", "17"), ("SLURM_ARRAY_TASK_ID", "3"))).Self.Restart
        );

    [Fact]
    public void Outside_of_a_job_it_is_told_how_sweeps_are_submitted()
    {
        var fault = Assert.Throws<UserFaultException>(() => TaskEnvironment.Read(Of()));
        Assert.Contains("relora submit SCRIPT", fault.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Of(params (string Name, string Value)[] variables) =>
        name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault();
}
