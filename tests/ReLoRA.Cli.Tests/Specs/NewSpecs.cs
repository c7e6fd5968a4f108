using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class NewSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_get_a_starter_sweep_that_is_sound_as_it_is()
    {
        Directory.CreateSymbolicLink(folder.File("datasets"), Repository.PathOf("datasets"));

        var written = Relora.Run(folder, "new", "sweeps/rank-ladder");

        written.ShouldSucceed();
        Assert.Equal("Wrote sweeps/rank-ladder.csx. Next: relora run sweeps/rank-ladder.csx\n", written.Output);
        var check = ReloraInProcess.Run(folder, "check", "sweeps/rank-ladder.csx", "--", "--seeds", "2");
        check.ShouldSucceed();
        Assert.Equal("rank-ladder: sound, 8 cells, 1,966,080 tokens\n", check.Output);
    }

    [Fact]
    public void A_script_of_mine_is_not_overwritten_unless_I_say_so()
    {
        File.WriteAllText(folder.File("mine.csx"), "// mine");

        ReloraInProcess.Run(folder, "new", "mine").ShouldBeFault("mine.csx exists", "--force");
        Assert.Equal("// mine", File.ReadAllText(folder.File("mine.csx")));

        ReloraInProcess.Run(folder, "new", "mine.csx", "--force").ShouldSucceed();
        Assert.Contains("Sweep(\"mine\", start)", File.ReadAllText(folder.File("mine.csx")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_can_be_no_folder_is_refused() =>
        ReloraInProcess
            .Run(folder, "new", "my sweep")
            .ShouldBeFault("'my sweep' cannot be a sweep's name", "relora new");
}
