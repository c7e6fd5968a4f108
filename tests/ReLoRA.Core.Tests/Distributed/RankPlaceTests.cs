using ReLoRA.Core.Distributed;

namespace ReLoRA.Core.Tests.Distributed;

public sealed class RankPlaceTests
{
    [Fact]
    public void Without_a_launcher_there_is_one_process_and_nothing_is_loaded()
    {
        Assert.Equal(new RankPlace(0, 1, 0), Of());
        Assert.Same(LocalCollective.Only, Collectives.OfEnvironment(_ => null));
    }

    [Fact]
    public void OpenMPIs_launcher_is_known() =>
        Assert.Equal(
            new RankPlace(3, 4, 1),
            Of(
                ("OMPI_COMM_WORLD_SIZE", "4"),
                ("OMPI_COMM_WORLD_RANK", "3"),
                ("OMPI_COMM_WORLD_LOCAL_RANK", "1"),
                // Inside an allocation of Slurm.
                ("SLURM_STEP_NUM_TASKS", "2")
            )
        );

    [Fact]
    public void Slurms_with_PMIx_is_known() =>
        Assert.Equal(
            new RankPlace(1, 2, 0),
            Of(("SLURM_STEP_NUM_TASKS", "2"), ("PMIX_RANK", "1"), ("SLURM_LOCALID", "0"))
        );

    [Fact]
    public void Slurms_without_PMIx_is_refused_since_all_would_write_one_cell()
    {
        var fault = Assert.Throws<UserFaultException>(() => Of(("SLURM_STEP_NUM_TASKS", "2"))).Message;
        Assert.Contains("srun started 2 tasks (SLURM_STEP_NUM_TASKS), and no PMIX_RANK is set", fault);
        Assert.Contains("start them with srun --mpi=pmix", fault);
    }

    [Fact]
    public void Unless_each_is_said_to_be_a_run_of_its_own() =>
        Assert.Equal(1, Of(("SLURM_STEP_NUM_TASKS", "2"), (RankPlace.AloneVariable, "1")).Size);

    [Fact]
    public void A_lone_task_of_Slurm_is_one_process() => Assert.Equal(1, Of(("SLURM_STEP_NUM_TASKS", "1")).Size);

    [Fact]
    public void Another_MPIs_launcher_is_refused() =>
        Assert.Contains(
            "MPICH or Intel MPI started 2 processes",
            Assert.Throws<UserFaultException>(() => Of(("PMI_SIZE", "2"))).Message
        );

    [Fact]
    public void A_command_that_hands_cells_out_is_refused_where_it_was_started_as_several_processes()
    {
        var several = new Dictionary<string, string?> { ["OMPI_COMM_WORLD_SIZE"] = "3" };
        var fault = Assert.Throws<UserFaultException>(() => RankPlace.RequireAlone("run", several.GetValueOrDefault));
        Assert.Contains("'relora run' was started as 3 processes", fault.Message);
        Assert.Contains("with --ranks 3", fault.Message);
        several[RankPlace.AloneVariable] = "1";
        RankPlace.RequireAlone("run", several.GetValueOrDefault);
        RankPlace.RequireAlone("run", _ => null);
    }

    private static RankPlace Of(params (string Name, string Value)[] variables) =>
        RankPlace.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
