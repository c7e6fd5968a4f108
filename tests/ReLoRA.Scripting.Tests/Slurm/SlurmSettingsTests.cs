using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SlurmSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Where_nothing_is_said_a_task_is_a_cell_on_a_core()
    {
        var settings = SlurmSettings.Of([]);
        Assert.Equal(new SlurmSettings(), settings);
        Assert.Equal((1, "cpu"), (settings.Threads, settings.Device));
    }

    [Fact]
    public void The_command_line_goes_before_the_script_and_the_script_before_a_profile()
    {
        var settings = SlurmSettings.Of([
            new SlurmChoice
            {
                Place = "the command line",
                Partition = "high",
                Arguments = ["--nice"],
            },
            new SlurmChoice
            {
                Place = "x.csx:3",
                Partition = "low",
                Cpus = 8,
                Pack = 2,
            },
            new SlurmChoice
            {
                Place = "site",
                Partition = "site",
                Cpus = 1,
                Memory = "8G",
                Arguments = ["--exclude=node7"],
            },
        ]);
        Assert.Equal(
            ("high", 8, 2, "8G", 4),
            (settings.Partition, settings.Cpus, settings.Pack, settings.Memory, settings.Threads)
        );
        // sbatch lets the last of two equal options win.
        Assert.Equal(["--exclude=node7", "--nice"], settings.Arguments);
    }

    [Fact]
    public void A_cell_has_a_core_where_none_are_asked_for() =>
        Assert.Equal(4, SlurmSettings.Of([new SlurmChoice { Place = "x", Pack = 4 }]).Cpus);

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_place()
    {
        var line = new SlurmChoice
        {
            Place = "the command line",
            Gpus = -1,
            Memory = "lots",
            Partition = "a b",
            Time = TimeSpan.FromSeconds(30),
            Arguments = ["exclude", "--array=0-9"],
            SetupFile = folder.File("none.sh"),
        };
        var script = new SlurmChoice
        {
            Place = "sweep.csx:7: .Slurm",
            Pack = 100,
            ArrayLimit = -2,
            Warning = TimeSpan.FromSeconds(1),
        };
        var fault = Assert.Throws<UserFaultException>(() => SlurmSettings.Of([line, script])).Message;
        Assert.Equal(
            """
            What is asked of Slurm cannot be had, nothing was submitted:
              the command line: gpus is -1; allowed: 0 to 64.
              the command line: partition is 'a b'; allowed: a name, or several with commas between, without spaces.
              the command line: mem is 'lots'; allowed: a number with K, M, G or T, such as 8G.
              the command line: sbatch-arg is 'exclude'; allowed: one option of sbatch, such as --exclude=node7.
              the command line: sbatch-arg is '--array=0-9', and --array is set by relora itself. Leave it out; what can be chosen has an option of its own: relora submit --help
              sweep.csx:7: .Slurm: array-limit is -2; allowed: 0 to 100,000.
              sweep.csx:7: .Slurm: pack is 100; allowed: 1 to 64.
              sweep.csx:7: .Slurm: warning is 00:00:01; allowed: 10 seconds to an hour, whole seconds.
            """,
            string.Join('\n', fault.Split('\n').Where(text => !text.Contains("none.sh", StringComparison.Ordinal)))
        );
        Assert.Contains($"setup is '{folder.File("none.sh")}', which cannot be read", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_is_not_warned_before_it_begins()
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            SlurmSettings.Of([new SlurmChoice { Place = "x", Time = TimeSpan.FromMinutes(2) }])
        );
        Assert.Contains("x: time is 00:02:00 and warning 00:02:00", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_between_values_of_two_places_names_both()
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            SlurmSettings.Of([
                new SlurmChoice { Place = "the command line", Cpus = 2 },
                new SlurmChoice
                {
                    Place = "x.csx:3",
                    Cpus = 9,
                    Pack = 3,
                },
            ])
        );
        Assert.Contains("the command line and x.csx:3: cpus is 2 and pack 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_of_a_cell_have_a_core_each_and_share_what_is_asked_for()
    {
        Assert.Equal(
            6,
            SlurmSettings
                .Of([
                    new SlurmChoice
                    {
                        Place = "x",
                        Pack = 2,
                        Ranks = 3,
                    },
                ])
                .Cpus
        );
        var choice = new SlurmChoice
        {
            Place = "x",
            Pack = 2,
            Ranks = 3,
            Cpus = 13,
        };
        Assert.Equal(2, SlurmSettings.Of([choice]).Threads);
        var fault = Assert.Throws<UserFaultException>(() => SlurmSettings.Of([choice with { Cpus = 5 }]));
        Assert.Contains(
            "x: cpus is 5, pack 2 and ranks 3: each process of a task needs a core; allowed: cpus of at least 6",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Processes_of_a_cell_share_no_GPU()
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            SlurmSettings.Of([
                new SlurmChoice
                {
                    Place = "x",
                    Gpus = 1,
                    Ranks = 2,
                },
            ])
        );
        Assert.Contains("x: gpus is 1 and ranks 2: ", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<UserFaultException>(() =>
            SlurmSettings.Of([new SlurmChoice { Place = "x", Ranks = 65 }])
        );
        Assert.Contains("x: ranks is 65; allowed: 1 to 64.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_of_a_task_have_a_core_each()
    {
        var fault = Assert.Throws<UserFaultException>(() =>
            SlurmSettings.Of([
                new SlurmChoice
                {
                    Place = "x",
                    Cpus = 2,
                    Pack = 3,
                },
            ])
        );
        Assert.Contains("cpus is 2 and pack 3", fault.Message, StringComparison.Ordinal);
    }
}
