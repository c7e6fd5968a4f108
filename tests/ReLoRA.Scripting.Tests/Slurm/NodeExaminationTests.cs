using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class NodeExaminationTests
{
    private const string Sound =
        """[{"name":"libtorch","found":"/lib","isSound":true,"remedy":""},{"name":"processor","found":"none","isSound":false,"remedy":"slow"},{"name":"gpu","found":"none; training runs on the processor","isSound":true,"remedy":""}]""";

    [Fact]
    public void Without_a_launcher_on_the_node_no_cell_is_begun_by_several_processes() =>
        Assert.Matches(
            "^--ranks needs mpirun of OpenMPI.*By --setup FILE a node can be prepared.$",
            NodeExamination.Launcher(2, _ => "/nowhere")
        );

    [Fact]
    public void A_node_that_is_only_slow_can_work() => Assert.Equal("", NodeExamination.Judge(Sound, "", "cpu"));

    [Fact]
    public void A_node_without_the_GPUs_that_were_asked_for_cannot() =>
        Assert.Contains("gpu: none is seen", NodeExamination.Judge(Sound, "", "cuda"), StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_is_told_with_its_remedy() =>
        Assert.Equal(
            "libtorch: not found. Run 'dotnet restore'.",
            NodeExamination.Judge(
                """[{"name":"libtorch","found":"not found","isSound":false,"remedy":"Run 'dotnet restore'."}]""",
                "",
                "cpu"
            )
        );

    [Fact]
    public void A_doctor_that_fails_is_a_fault_too() =>
        Assert.Contains(
            "segmentation",
            NodeExamination.Judge("", "segmentation fault", "cpu"),
            StringComparison.Ordinal
        );
}
