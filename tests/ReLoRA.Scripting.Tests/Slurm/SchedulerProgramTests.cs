using ReLoRA.Scripting.Slurm;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class SchedulerProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_program_reads_prints_and_returns_is_passed_on()
    {
        var (exit, output, error) = SchedulerProgram.Run("/bin/sh", [Script("cat; echo no >&2; exit 3")], "a script");
        Assert.Equal((3, "a script", "no"), (exit, output, error));
    }

    [Fact]
    public void A_program_that_says_that_it_will_try_again_is_ended_long_before_it_gives_up()
    {
        // As sbatch 22.05 does with MaxJobCount reached: once, and then in silence.
        const string Retrying = "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying";
        var (exit, _, error) = SchedulerProgram.Run("/bin/sh", [Script($"echo '{Retrying}' >&2; exec sleep 300")]);
        Assert.NotEqual(0, exit);
        Assert.Equal(Retrying, error);
    }

    private string Script(string text)
    {
        var path = folder.File("program");
        File.WriteAllText(path, text);
        return path;
    }
}
