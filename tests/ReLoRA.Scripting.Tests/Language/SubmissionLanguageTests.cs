namespace ReLoRA.Scripting.Tests.Language;

public sealed class SubmissionLanguageTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_asked_of_Slurm_stands_in_the_plan_and_alters_no_cell()
    {
        var plain = await folder.PlanAsync("""Sweep("s", Presets.Nano);""");
        var plan = await folder.PlanAsync(
            """Sweep("s", Presets.Nano).Slurm(partition: "gpu", time: TimeSpan.FromHours(8), pack: 2, ranks: 3, setup: "prepare.sh");"""
        );
        Assert.Equal(plain.Cells.Select(cell => cell.Id), plan.Cells.Select(cell => cell.Id));
        Assert.Null(plain.Slurm);
        Assert.Equal(
            ("gpu", TimeSpan.FromHours(8), 2, 3, folder.File("prepare.sh")),
            (plan.Slurm!.Partition, plan.Slurm.Time, plan.Slurm.Pack, plan.Slurm.Ranks, plan.Slurm.SetupFile)
        );
        Assert.EndsWith("sweep.csx:1: .Slurm", plan.Slurm.Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_with_the_line() =>
        Assert.Equal(
            """
            sweep.csx:2: .Slurm: gpus is 99; allowed: 0 to 64.
            sweep.csx:2: .Slurm: mem is '8 GB'; allowed: a number with K, M, G or T, such as 8G.
            """,
            await folder.FaultAsync(
                """
                Sweep("s", Presets.Nano)
                    .Slurm(gpus: 99, mem: "8 GB");
                """
            )
        );

    [Fact]
    public async Task A_sweep_says_it_once() =>
        Assert.Equal(
            "sweep.csx:1: .Slurm: given already at sweep.csx:1. A sweep has one.",
            (await folder.FaultAsync("""Sweep("s", Presets.Nano).Slurm(gpus: 1).Slurm(cpus: 2);""")).Replace(
                folder.Path + "/",
                "",
                StringComparison.Ordinal
            )
        );
}
