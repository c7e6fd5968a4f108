using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class DataAdoptSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_train_on_Arrow_files_where_they_lie_and_changed_files_are_another_cell()
    {
        Directory.CreateDirectory(folder.File("cache"));
        var file = folder.File("cache", "data-00000-of-00001.arrow");
        ArrowIds.Write(file, 200, 129);
        SmallSweep.Write(
            folder,
            change: $$"""start = start with { Data = start.Data with { Train = "{{folder.File("cache")}}" } };"""
        );
        Relora.Run(folder, "check", "small.csx").ShouldBeFault("relora data adopt");

        var adopted = Relora.Run(
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
        Relora.Run(folder, "data", "inspect", "cache").ShouldSucceed();
        Relora.Run(folder, "data", "verify", "cache").ShouldSucceed();
        Relora.Run(folder, "run", "small.csx").ShouldSucceed();
        var trained = SmallSweep.Runs(folder).Cells().Select(cell => cell.Id).Order().ToList();
        Assert.Equal(trained, Planned());

        ArrowIds.Write(file, 200, 129, first: 1);
        Relora.Run(folder, "check", "small.csx").ShouldBeFault("was written anew", "relora data adopt");
        Relora.Run(folder, "data", "adopt", "cache", "--vocabulary", "512", "--end-of-text", "0").ShouldSucceed();
        Assert.Empty(trained.Intersect(Planned()));
    }

    private List<string> Planned()
    {
        using var plan = JsonDocument.Parse(Relora.Run(folder, "plan", "small.csx", "--json").Output);
        var cells = plan.RootElement[0].GetProperty("cells").EnumerateArray();
        return [.. cells.Select(cell => cell.GetProperty("id").GetString()!).Order()];
    }

    [Fact]
    public void Compressed_Arrow_is_pointed_to_conversion()
    {
        File.Copy(
            Repository.PathOf("tests", "ReLoRA.Data.Tests", "Fixtures", "foreign-ids", "polars-large-list-lz4.arrow"),
            folder.File("data.arrow")
        );

        Relora
            .Run(folder, "data", "adopt", folder.Path, "--vocabulary", "97", "--end-of-text", "0")
            .ShouldBeFault("data.arrow", "is compressed", "relora data convert");
    }
}
