using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class DataAdoptSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Arrow_files_are_data_where_they_lie_and_changed_files_are_another_cell()
    {
        WriteIds();
        WriteSweep();
        ReloraInProcess.Run(folder, "check", "small.csx").ShouldBeFault("relora data adopt");

        var adopted = ReloraInProcess.Run(
            folder,
            "data",
            "adopt",
            "cache",
            "--tokenizer",
            Repository.PathOf("datasets", "english", "tokenizer.json")
        );
        adopted.ShouldSucceed();
        Assert.StartsWith(
            "cache: 200 rows of 129 tokens (25,800 tokens, int32) from column input_ids of Arrow files in place",
            adopted.Output,
            StringComparison.Ordinal
        );
        ReloraInProcess.Run(folder, "data", "inspect", "cache").ShouldSucceed();
        ReloraInProcess.Run(folder, "data", "verify", "cache").ShouldSucceed();
        var planned = Planned();
        Assert.NotEmpty(planned);

        WriteIds(first: 1);
        ReloraInProcess.Run(folder, "check", "small.csx").ShouldBeFault("was written anew", "relora data adopt");
        Adopt();
        Assert.Empty(planned.Intersect(Planned()));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void I_train_on_Arrow_files_where_they_lie()
    {
        WriteIds();
        WriteSweep();
        Adopt();

        Relora.Run(folder, "run", "small.csx").ShouldSucceed();

        var trained = SmallSweep.Runs(folder).Cells().Select(cell => cell.Id).Order().ToList();
        Assert.Equal(trained, Planned());
        WriteIds(first: 1);
        Adopt();
        Assert.Empty(trained.Intersect(Planned()));
    }

    [Fact]
    public void Compressed_Arrow_is_pointed_to_conversion()
    {
        File.Copy(
            Repository.PathOf("tests", "ReLoRA.Data.Tests", "Fixtures", "foreign-ids", "polars-large-list-lz4.arrow"),
            folder.File("data.arrow")
        );

        ReloraInProcess
            .Run(folder, "data", "adopt", folder.Path, "--vocabulary", "97", "--end-of-text", "0")
            .ShouldBeFault("data.arrow", "is compressed", "relora data convert");
    }

    private void WriteIds(int first = 0)
    {
        Directory.CreateDirectory(folder.File("cache"));
        ArrowIds.Write(folder.File("cache", "data-00000-of-00001.arrow"), 200, 129, first);
    }

    private void WriteSweep() =>
        SmallSweep.Write(
            folder,
            change: $$"""start = start with { Data = start.Data with { Train = "{{folder.File("cache")}}" } };"""
        );

    private void Adopt() =>
        ReloraInProcess
            .Run(folder, "data", "adopt", "cache", "--vocabulary", "512", "--end-of-text", "0")
            .ShouldSucceed();

    private List<string> Planned()
    {
        using var plan = JsonDocument.Parse(
            ReloraInProcess.Run(folder, "plan", "small.csx", "--no-calibration", "--json").Output
        );
        var cells = plan.RootElement[0].GetProperty("cells").EnumerateArray();
        return [.. cells.Select(cell => cell.GetProperty("id").GetString()!).Order()];
    }
}
