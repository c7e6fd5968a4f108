using ReLoRA.Core;
using ReLoRA.Core.Distributed;
using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class RankLauncherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Mpirun_is_found_on_the_path_and_binds_no_process_to_a_core()
    {
        File.WriteAllText(folder.File("mpirun"), "");
        Assert.Equal(
            [folder.File("mpirun"), "-n", "4", "--bind-to", "none", "--oversubscribe"],
            RankLauncher.Command(4, _ => $"/nowhere:{folder.Path}")
        );
    }

    [Fact]
    public void That_this_process_is_alone_is_not_said_of_those_that_it_starts()
    {
        var environment = new Dictionary<string, string?> { [RankPlace.AloneVariable] = "1" };
        RankLauncher.Apply(environment);
        Assert.DoesNotContain(RankPlace.AloneVariable, environment.Keys);
    }

    [Fact]
    public void Where_there_is_none_it_is_said_what_to_install() =>
        Assert.Contains(
            "--ranks needs mpirun of OpenMPI, which is in no folder of PATH. Install it (Debian: apt-get install openmpi-bin libopenmpi3 libpmix2)",
            Assert.Throws<UserFaultException>(() => RankLauncher.Command(2, _ => folder.Path)).Message,
            StringComparison.Ordinal
        );
}
