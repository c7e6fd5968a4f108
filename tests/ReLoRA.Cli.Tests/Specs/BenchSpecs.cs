using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class BenchSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_stream_is_measured_against_bare_loops_in_one_run()
    {
        var data = Repository.PathOf("datasets", "english", "validation", "novels");
        var result = Relora.Run(folder, "bench", "data", data, "--rounds", "2", "--rows", "500", "--json");
        Assert.Equal(0, result.ExitCode);
        var figures = JsonDocument.Parse(result.Output).RootElement;
        foreach (var ratio in new[] { "walk_to_copy", "stream_to_bare", "stream_tokens_per_second" })
            Assert.True(figures.GetProperty(ratio).GetDouble() > 0, ratio);
    }

    [Fact]
    public void A_dataset_that_is_not_there_is_one_message() =>
        Relora.Run(folder, "bench", "data", "nowhere").ShouldBeFault("nowhere");
}
