using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Runs;

public sealed class RunFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_status_is_read_as_it_was_written()
    {
        var path = _folder.File("cells", "0123456789ab", "status.json");
        Assert.Null(CellStatus.Read(path));
        var status = new CellStatus
        {
            State = "running",
            Step = 5,
            Steps = 10,
            Loss = 3.5,
            ProcessId = 77,
            Updated = "2026-01-01T00:00:00Z",
        };
        status.Write(path);
        Assert.Equal(status, CellStatus.Read(path));
        Assert.Contains("\"tokens_per_second\": \"NaN\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        var path = new RunsFolder(_folder.Path).Sweep("rank").PlanPath;
        Assert.Null(SweepFile.Read(path));
        var plan = new SweepFile
        {
            Name = "rank",
            Cells = [new("aa", "r4 seed 1", "r4", "1", "bb"), new("bb", "full seed 1", "full", "1", "")],
            Provenance = new Dictionary<string, string> { ["script"] = "Sweep(\"rank\")\n", ["git_commit"] = "c0ffee" },
        };
        plan.Write(path);
        var read = SweepFile.Read(path)!;
        Assert.Equal(plan.Name, read.Name);
        Assert.Equal(plan.Cells, read.Cells);
        Assert.Equal(plan.Provenance, read.Provenance);
    }

    [Theory]
    [InlineData("{", "not the JSON of a CellStatus: ")]
    [InlineData("{}", "not the JSON of a CellStatus: ")]
    [InlineData("null", "the file holds null")]
    [InlineData("""{"state":null}""", "not the JSON of a CellStatus: ")]
    public void A_damaged_file_is_named(string text, string message)
    {
        var path = _folder.File("status.json");
        File.WriteAllText(path, text);
        var fault = Assert.Throws<RunFileException>(() => CellStatus.Read(path));
        Assert.Equal(path, fault.Path);
        Assert.StartsWith($"{path}: {message}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_versions_key_is_ignored()
    {
        var path = _folder.File("status.json");
        File.WriteAllText(path, """{"state":"waiting","mood":"good"}""");
        Assert.Equal("waiting", CellStatus.Read(path)?.State);
    }

    [Fact]
    public void Places_follow_the_layout()
    {
        var runs = new RunsFolder(_folder.Path);
        var cell = runs.Cell("0123456789ab");
        Assert.Equal(_folder.File("cells", "0123456789ab"), cell.Path);
        Assert.Equal(
            ["cell.json", "log.msgpack", "status.json", "checkpoints", "worker.log", "execution.json", "lock"],
            new[]
            {
                cell.ConfigPath,
                cell.LogPath,
                cell.StatusPath,
                cell.CheckpointsPath,
                cell.WorkerLogPath,
                cell.ExecutionPath,
                cell.LockPath,
            }.Select(path => Path.GetRelativePath(cell.Path, path))
        );
        Assert.Equal(_folder.File("sweeps", "rank", "sweep.json"), runs.Sweep("rank").PlanPath);
        Assert.Equal(_folder.File("sweeps", "rank", "lock"), runs.Sweep("rank").LockPath);
    }

    [Fact]
    public void Cells_and_sweeps_are_listed_by_name()
    {
        var runs = new RunsFolder(_folder.Path);
        Assert.Empty(runs.Cells());
        foreach (var path in new[] { runs.Cell("b").Path, runs.Cell("a").Path, runs.Sweep("s").Path })
            Directory.CreateDirectory(path);
        Assert.Equal(["a", "b"], runs.Cells().Select(cell => cell.Id));
        Assert.Equal(["s"], runs.Sweeps().Select(sweep => sweep.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../a")]
    public void A_name_that_leaves_the_folder_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new RunsFolder(_folder.Path).Sweep(name));
        Assert.Throws<ArgumentException>(() => new RunsFolder(_folder.Path).Cell(name));
    }
}
