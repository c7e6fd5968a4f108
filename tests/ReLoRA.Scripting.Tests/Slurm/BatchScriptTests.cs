using System.Diagnostics;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class BatchScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string runsName = "runs of mine";

    private string SlurmFolder => folder.File(runsName, "sweeps", "s", "slurm");

    private OrderFolder Orders => new(Path.Combine(SlurmFolder, "orders", "abc"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_asked_for_stands_in_the_options()
    {
        var settings = new SlurmSettings
        {
            Partition = "gpu",
            Time = TimeSpan.FromHours(30),
            Gpus = 1,
            Cpus = 4,
            Memory = "16G",
            ArrayLimit = 7,
            Account = "lab",
            Setup = "module load dotnet\n",
            Arguments = ["--exclude=node7"],
            Warning = TimeSpan.FromMinutes(3),
        };
        var options = Script(settings, after: "99")
            .Split('\n')
            .Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal));
        Assert.Equal(
            [
                "--job-name=relora-s",
                "--array=0-1%7",
                "--nodes=1",
                "--ntasks=1",
                "--cpus-per-task=4",
                "--partition=gpu",
                "--time=1-06:00:00",
                "--gpus=1",
                "--mem=16G",
                "--account=lab",
                "--requeue",
                "--open-mode=append",
                "--signal=B:USR1@180",
                $"--output=\"{SlurmFolder}/logs/%A_%a.log\"",
                "--dependency=afterany:99",
                "--kill-on-invalid-dep=yes",
                "--exclude=node7",
            ],
            options.Select(line => line[8..])
        );
        Assert.Contains("\nmodule load dotnet\n", Script(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_does_not_see_the_folder_of_runs_is_told_and_nothing_is_started()
    {
        var (exit, errors) = Execute(Script(new SlurmSettings()));
        Assert.Equal(1, exit);
        Assert.Contains(
            $"the folder of runs {folder.File("runs of mine")} is not the one",
            errors,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("started with", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_on_which_the_program_does_not_start_is_told_where_status_looks()
    {
        Share();
        var (exit, _) = Execute(Script(new SlurmSettings(), "echo 'No \"framework\"' >&2; exit 131"));
        Assert.Equal(1, exit);
        var sitting = Assert.Single(SlurmTask.Read(Path.Combine(SlurmFolder, "17_3.json"))!.Sittings);
        Assert.Equal((2, "node9"), (sitting.Restart, sitting.Node));
        Assert.StartsWith(
            "relora does not start on node9: No 'framework'. It needs the .NET runtime",
            sitting.Fault,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_all_is_well_the_job_becomes_the_task()
    {
        Share();
        var (exit, errors) = Execute(Script(new SlurmSettings { Setup = "export PREPARED=yes" }));
        Assert.Equal(0, exit);
        Assert.Contains($"started with task {Orders.Path} yes", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_percent_sign_in_the_path_is_none_of_slurms_patterns()
    {
        runsName = "100%j runs";
        Assert.Contains(
            "/100%%j runs/sweeps/s/slurm/logs/%A_%a.log\"\n",
            Script(new SlurmSettings()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("echo no module >&2; exit 3", "code 3")]
    [InlineData("set -e\nfalse", "code 1")]
    [InlineData("set -euo pipefail\necho $NOT_SET_AT_ALL", "code 1")]
    [InlineData("if true; then", "code 2")]
    public void A_preparation_that_fails_is_told_where_status_looks(string setup, string code)
    {
        Share();
        var log = Path.Combine(SlurmFolder, "logs", "17_3.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        File.WriteAllText(log, "no \u001b[1mmodule\u001b[0m dotnet\n");
        Assert.Equal(1, Execute(Script(new SlurmSettings { Setup = setup })).Exit);
        var sitting = Assert.Single(Sittings());
        Assert.StartsWith(
            $"the node's preparation (--setup) ended with {code}: no ",
            sitting.Fault,
            StringComparison.Ordinal
        );
        Assert.EndsWith(log, sitting.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_leaves_earlier_sittings_as_they_were()
    {
        Share();
        var before = new SlurmSitting
        {
            Restart = 1,
            Node = "node8",
            Began = "2026-11-28T12:00:00Z",
            Why = "it's \"saved\"",
        };
        new SlurmTask { Sittings = [before with { Restart = 0 }, before] }.Write(
            Path.Combine(SlurmFolder, "17_3.json")
        );
        Execute(Script(new SlurmSettings(), "exit 131"));
        var sittings = Sittings();
        Assert.Equal([before with { Restart = 0 }, before], sittings.Take(2));
        Assert.Equal((3, 2), (sittings.Count, sittings[2].Restart));
    }

    [Fact]
    public void A_damaged_file_is_replaced_by_a_whole_one()
    {
        Share();
        File.WriteAllText(Path.Combine(SlurmFolder, "17_3.json"), "{\"sittings\":[{\"restart\":0,");
        Execute(Script(new SlurmSettings(), "exit 131"));
        Assert.Single(Sittings());
    }

    [Fact]
    public void A_warning_that_comes_before_the_task_begins_lets_it_begin_again_and_in_the_end_gives_up()
    {
        Share();
        var script = Script(
            new SlurmSettings { Setup = "scontrol() { echo \"$*\" >>\"$relora_log.calls\"; }\nkill -USR1 $$\necho on" }
        );
        Directory.CreateDirectory(Path.Combine(SlurmFolder, "logs"));
        Assert.Equal([75, 75, 1], Enumerable.Range(0, 3).Select(_ => Execute(script).Exit));
        Assert.Equal(
            ["requeue 44", "requeue 44"],
            File.ReadAllLines(Path.Combine(SlurmFolder, "logs", "17_3.log.calls"))
        );
        var sittings = Sittings();
        Assert.Equal("time limit near before training began", sittings[1].Why);
        Assert.Contains(
            "3 times before training began. Give a longer --time",
            sittings[2].Fault,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_cancels_a_preparation_is_told_no_fault()
    {
        Share();
        Assert.Equal(143, Execute(Script(new SlurmSettings { Setup = "kill $$\necho on" })).Exit);
        Assert.False(File.Exists(Path.Combine(SlurmFolder, "17_3.json")));
    }

    private IReadOnlyList<SlurmSitting> Sittings() => SlurmTask.Read(Path.Combine(SlurmFolder, "17_3.json"))!.Sittings;

    private string Script(
        SlurmSettings settings,
        string program = "echo started with \"$@\" $PREPARED >&2",
        string after = ""
    )
    {
        var path = folder.File("it's relora");
        File.WriteAllText(path, $"#!/bin/bash\n{program}\n");
        var terms = new TaskTerms
        {
            Key = "abc",
            Sweep = "s",
            Runs = folder.File("runs of mine"),
            Threads = 1,
            Device = "cpu",
            AtOnce = 1,
            Tasks =
            [
                ["aaaaaaaaaaaa"],
                ["bbbbbbbbbbbb"],
            ],
            Host = "login",
            Submitted = "",
            Partition = "",
        };
        return BatchScript.Write(settings, terms, Orders, SlurmFolder, ["bash", path], after);
    }

    private void Share()
    {
        Directory.CreateDirectory(Orders.Path);
        File.WriteAllText(Orders.KeyPath, "abc\n");
    }

    private static (int Exit, string Errors) Execute(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true };
        start.Environment["SLURM_ARRAY_JOB_ID"] = "17";
        start.Environment["SLURM_JOB_ID"] = "44";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "3";
        start.Environment["SLURM_RESTART_COUNT"] = "2";
        start.Environment["SLURMD_NODENAME"] = "node9";
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, errors);
    }
}
