using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Planning;

public sealed class OtherSweepsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Other_sweeps_of_the_folder_are_named()
    {
        var runs = new RunsFolder(folder.File("runs"));
        foreach (var (name, cell) in new[] { ("a", "11"), ("b", "11"), ("c", "22") })
            new SweepFile { Name = name, Cells = [new SweepCell(cell, "", "", "", "")] }.Write(
                runs.Sweep(name).PlanPath
            );

        var shared = OtherSweeps.Read(runs, except: "a");

        Assert.Equal(["b"], shared.With("11"));
        Assert.Empty(shared.With("33"));
    }
}
