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
        Assert.StartsWith(
            "Wrote sweeps/rank-ladder.csx. Next: relora run sweeps/rank-ladder.csx\n",
            written.Output,
            StringComparison.Ordinal
        );
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

    [Theory]
    [InlineData("mine.cs")]
    [InlineData("mine", "--kind", "cs")]
    public void I_get_a_sweep_that_is_a_program_too(params string[] arguments)
    {
        Directory.CreateSymbolicLink(folder.File("datasets"), Repository.PathOf("datasets"));

        ReloraInProcess.Run(folder, ["new", .. arguments]).ShouldSucceed();

        var lines = File.ReadAllLines(folder.File("mine.cs"));
        Assert.EndsWith("/src/ReLoRA.Cli/ReLoRA.Cli.csproj", lines[1], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, lines[1].Split(' ')[1])));
        Assert.Equal("return Execute(args);", lines[^1]);
        Assert.Equal(
            File.ReadAllText(Repository.PathOf("sweeps", "Directory.Build.props")),
            File.ReadAllText(folder.File("Directory.Build.props"))
        );
        var check = ReloraInProcess.Run(folder, "check", "mine.cs");
        check.ShouldSucceed();
        Assert.StartsWith("mine: sound, 4 cells", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_editor_knows_my_sweep_and_nothing_of_mine_is_overwritten()
    {
        Directory.CreateDirectory(folder.File("own", ".vscode"));
        File.WriteAllText(folder.File("own", "Directory.Build.props"), "<Project />");

        ReloraInProcess.Run(folder, "new", "sweeps/first").ShouldSucceed();
        var second = ReloraInProcess.Run(folder, "new", "own/second.cs");

        Assert.True(File.Exists(folder.File(".vscode", "settings.json")));
        Assert.Empty(Directory.GetFiles(folder.File("own", ".vscode")));
        Assert.Equal("<Project />", File.ReadAllText(folder.File("own", "Directory.Build.props")));
        Assert.Contains("was there before. For dotnet run it needs:", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ending_that_is_not_the_kind_asked_for_is_refused() =>
        ReloraInProcess.Run(folder, "new", "mine.csx", "--kind", "cs").ShouldBeFault("mine.csx ends in .csx", "--kind");
}
