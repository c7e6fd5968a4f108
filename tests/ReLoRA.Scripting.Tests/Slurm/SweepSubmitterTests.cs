using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Scripting.Tests.Running;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SweepSubmitterTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly TakingScheduler scheduler = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_sweep_is_one_array_of_a_cell_a_task_and_its_plan_is_on_the_disk()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");

        var job = Assert.Single(Submit(plan).Jobs);

        Assert.Equal(plan.Cells.Select(cell => cell.Id), job.Tasks.Select(Assert.Single));
        Assert.Equal(job.Tasks, SlurmJob.Read(fixture.Runs.Sweep("s").SlurmJobPath("101"))!.Tasks);
        Assert.Contains("#SBATCH --array=0-2\n", Assert.Single(scheduler.Scripts), StringComparison.Ordinal);
        Assert.Equal(3, SweepFile.Read(fixture.Runs.Sweep("s").PlanPath)!.Cells.Count);
        Assert.Equal("here", job.Cluster);
    }

    [Fact]
    public async Task Submitting_again_submits_only_what_no_task_has()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");
        Submit(plan);
        Assert.Empty(Submit(plan).Jobs);

        scheduler.Cancel("101");
        FakeWorker.Finish(Made(fixture.Cell(plan, 0)));
        var job = Assert.Single(Submit(plan).Jobs);

        Assert.Equal([plan.Cells[1].Id, plan.Cells[2].Id], job.Tasks.Select(Assert.Single));
    }

    [Fact]
    public async Task Cells_are_packed_and_arrays_are_no_longer_than_the_cluster_allows()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 5)");

        var jobs = Submit(plan, new SlurmSettings { Pack = 2, Cpus = 4 }, most: 2).Jobs;

        Assert.Equal([2, 1], jobs.Select(job => job.Tasks.Count));
        Assert.Equal(plan.Cells.Select(cell => cell.Id), jobs.SelectMany(job => job.Tasks).SelectMany(task => task));
        Assert.DoesNotContain("--dependency", scheduler.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_limit_the_arrays_of_a_sweep_follow_one_another()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 3)");

        Submit(plan, new SlurmSettings { ArrayLimit = 1 }, most: 2);

        Assert.Contains("--dependency=afterany:101\n", scheduler.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_holds_for_what_was_submitted_before_too()
    {
        var plan = await fixture.PlanAsync();
        Submit(plan);
        var again = Submitter()
            .Submit(plan, new Dictionary<string, string>(), new RunOptions(), new SlurmSettings(), throttle: 4);
        Assert.Empty(again.Jobs);
        Assert.Equal(["101 4"], scheduler.Throttled);
        Assert.Contains(
            again.Notes,
            note => note.StartsWith("Job 101: at most 4 tasks at once", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_dry_run_shows_the_very_script_and_leaves_nothing()
    {
        var plan = await fixture.PlanAsync();

        var (scripts, _) = Submitter().DryRun(plan, new RunOptions(), new SlurmSettings());

        Assert.False(Directory.Exists(fixture.Runs.Root));
        Submit(plan);
        Assert.Equal(scripts, scheduler.Scripts);
    }

    [Fact]
    public async Task A_search_is_refused_with_what_to_do_instead()
    {
        var plan = await fixture.PlanAsync(
            ".Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log).Search(RandomSearch(trials: 5))"
        );
        var fault = Assert.Throws<UserFaultException>(() => Submit(plan));
        Assert.Contains("--wrap 'relora run SCRIPT --jobs N'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_scheduler_refuses_is_no_job()
    {
        var plan = await fixture.PlanAsync();
        scheduler.Fault = "invalid partition";
        Assert.Throws<UserFaultException>(() => Submit(plan));
        scheduler.Fault = "";
        Assert.Equal(2, Assert.Single(Submit(plan).Jobs).Tasks.Count);
    }

    [Fact]
    public async Task A_refusal_names_the_sweep_and_the_line_that_asks()
    {
        var plan = await fixture.PlanAsync(".Slurm(partition: \"nowhere\")");
        scheduler.Fault = "invalid partition";
        var fault = Assert.Throws<UserFaultException>(() => Submit(plan));
        Assert.StartsWith($"The sweep 's' ({plan.Slurm!.Place}): invalid", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_submit_at_once_submit_each_cell_once()
    {
        var plan = await fixture.PlanAsync();
        scheduler.Slowness = TimeSpan.FromMilliseconds(50);
        var submitted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Submit(plan))));
        Assert.Equal(2, Assert.Single(submitted.SelectMany(found => found.Jobs)).Tasks.Count);
    }

    [Fact]
    public async Task Orders_for_other_settings_have_a_folder_of_their_own()
    {
        var plan = await fixture.PlanAsync();
        var scripts = ((int[])[1, 2]).Select(cpus =>
            Submitter().DryRun(plan, new RunOptions(), new SlurmSettings { Cpus = cpus }).Scripts[0].Split('\n')[^2]
        );
        Assert.Distinct(scripts);
    }

    [Fact]
    public async Task A_dry_run_without_the_scheduler_shows_all_that_is_not_finished_and_says_so()
    {
        var plan = await fixture.PlanAsync();
        Submit(plan);
        var silent = new SweepSubmitter(
            fixture.Runs,
            new FakeScheduler { Fault = "There is no Slurm here." },
            SlurmLimits.Usual,
            ["/bin/relora"],
            TimeProvider.System
        );
        var (scripts, notes) = silent.DryRun(plan, new RunOptions(), new SlurmSettings());
        Assert.Contains("--array=0-1\n", Assert.Single(scripts), StringComparison.Ordinal);
        Assert.Equal(
            "The scheduler could not be asked, so that cells which it has in hand are shown as missing. There is no Slurm here.",
            Assert.Single(notes)
        );
    }

    [Fact]
    public async Task Processes_that_cannot_share_a_batch_evenly_are_refused_before_anything_is_submitted()
    {
        var plan = await fixture.PlanAsync();
        var ranks = plan.Cells[0].Config.Data.BatchSize + 1;
        var fault = Assert.Throws<UserFaultException>(() => Submit(plan, new SlurmSettings { Ranks = ranks }));
        Assert.Contains($"{ranks} processes cannot share evenly", fault.Message, StringComparison.Ordinal);
        Assert.Empty(scheduler.Scripts);
    }

    private SubmittedJobs Submit(SweepPlan plan, SlurmSettings? settings = null, int most = 1001) =>
        Submitter(most)
            .Submit(plan, new Dictionary<string, string>(), new RunOptions(), settings ?? new SlurmSettings());

    private SweepSubmitter Submitter(int most = 1001) =>
        new(fixture.Runs, scheduler, new SlurmLimits(most, "here"), ["/bin/relora"], TimeProvider.System);

    private static CellFolder Made(CellFolder cell)
    {
        Directory.CreateDirectory(cell.Path);
        return cell;
    }
}
