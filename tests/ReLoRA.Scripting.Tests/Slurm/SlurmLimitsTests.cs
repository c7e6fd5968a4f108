using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SlurmLimitsTests
{
    [Fact]
    public void What_a_cluster_allows_is_read_from_its_settings() =>
        Assert.Equal(
            new SlurmLimits(4001, "big"),
            SlurmLimits.Read(
                "Configuration data as of now\nClusterName             = big\nMaxArraySize            = 4001\nMaxJobCount = 10000\n"
            )
        );

    [Fact]
    public void Where_they_do_not_tell_it_is_as_usual() => Assert.Equal(SlurmLimits.Usual, SlurmLimits.Read("nothing"));
}
