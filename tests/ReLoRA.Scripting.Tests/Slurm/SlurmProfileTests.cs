using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SlurmProfileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_profile_says_what_the_command_line_can()
    {
        var path = Write(
            """
            {
              // The group's own partition.
              "partition": "gpu", "time": "8:00:00", "gpus": 1, "cpus": 4, "mem": "16G", "array_limit": 20, "account": "lab",
              "setup": "prepare.sh", "sbatch_args": ["--exclude=node7"], "pack": 2, "ranks": 3, "warning": "3m",
            }
            """
        );
        var choice = SlurmProfile.Read(path);
        Assert.Equal(
            new SlurmChoice
            {
                Place = path,
                Partition = "gpu",
                Time = TimeSpan.FromHours(8),
                Gpus = 1,
                Cpus = 4,
                Memory = "16G",
                ArrayLimit = 20,
                Account = "lab",
                SetupFile = folder.File("sweeps", "prepare.sh"),
                Arguments = choice.Arguments,
                Pack = 2,
                Ranks = 3,
                Warning = TimeSpan.FromMinutes(3),
            },
            choice
        );
        Assert.Equal(["--exclude=node7"], choice.Arguments);
    }

    [Fact]
    public void All_faults_of_a_profile_are_told_at_once()
    {
        var path = Write(
            """{ "partitions": "gpu", "time": "soon", "gpus": "1", "sbatch_args": "--nice", "cpus": 1.5, "cpus": 1.5, "account": null }"""
        );
        var fault = Assert.Throws<UserFaultException>(() => SlurmProfile.Read(path)).Message;
        Assert.Equal(
            $"""
            {path} has faults, nothing was submitted:
              'partitions' is not known; the nearest: partition, warning, time.
              cpus is given 2 times; allowed: once. Take the others out.
              time is 'soon'; allowed: {SlurmTime.Forms}.
              gpus is "1"; allowed: a whole number.
              cpus is 1.5; allowed: a whole number.
              account is null; allowed: a text.
              sbatch_args is "--nice"; allowed: a list of texts.
            """,
            fault
        );
    }

    [Fact]
    public void The_nearest_profile_above_a_script_goes_before_the_users_own()
    {
        var near = Write("{}");
        Directory.CreateDirectory(folder.File("sweeps", "deep", "er"));
        var own = folder.File("settings", "relora", "slurm.json");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        File.WriteAllText(own, "{}");

        var found = SlurmProfile.For(folder.File("sweeps", "deep", "er"), folder.File("settings"));

        Assert.Equal([near, own], found.Select(choice => choice.Place));
        Assert.Empty(SlurmProfile.For(folder.File("settings"), folder.File("nowhere")));
    }

    private string Write(string text)
    {
        var path = folder.File("sweeps", SlurmProfile.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
