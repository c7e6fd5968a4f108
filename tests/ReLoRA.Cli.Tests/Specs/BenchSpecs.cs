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
    public void The_log_is_measured_against_bare_messagepack_in_one_run()
    {
        var result = Relora.Run(folder, "bench", "log", "--rounds", "2", "--records", "500", "--json");
        Assert.Equal(0, result.ExitCode);
        var figures = JsonDocument.Parse(result.Output).RootElement;
        foreach (var ratio in new[] { "written_to_bare", "read_to_skipped", "read_per_second" })
            Assert.True(figures.GetProperty(ratio).GetDouble() > 0, ratio);
    }

    [Fact]
    public void A_dataset_that_is_not_there_is_one_message() =>
        Relora.Run(folder, "bench", "data", "nowhere").ShouldBeFault("nowhere");

    [Theory]
    [InlineData("--micro-batch", "3", "1, 2, 4, 8")]
    [InlineData("--micro-batch", "some", "auto, or a number of sequences")]
    [InlineData("--memory", "lots", "a size, for example 8GiB")]
    public void A_micro_batch_or_a_memory_that_cannot_be_is_one_message(string option, string value, string allowed) =>
        Relora.Run(folder, "bench", "train", "--environment", "mine", option, value).ShouldBeFault(allowed);

    [Fact]
    public void Where_nothing_fits_it_is_said_before_anything_is_trained() =>
        Relora
            .Run(folder, "bench", "train", "--environment", "mine", "--micro-batch", "auto", "--memory", "100MB")
            .ShouldBeFault("--recompute");

    [Theory]
    [InlineData("run")]
    [InlineData("bench", "train")]
    public void Help_names_what_fits_training_into_memory(params string[] command)
    {
        var result = Relora.Run(folder, [.. command, "--help"]);
        result.ShouldSucceed();
        foreach (var option in (string[])["--micro-batch <N|auto>", "--recompute", "--memory <SIZE>"])
            Assert.Contains(option, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("full", "fp32", "worker")]
    [InlineData("relora", "bf16", "mine")]
    public void Training_steps_are_timed_and_printed_with_the_keys_that_a_peer_prints(
        string method,
        string type,
        string environment
    )
    {
        string[] shape =
        [
            "--size",
            "tiny",
            "--method",
            method,
            "--batch",
            "1",
            "--seq",
            "8",
            "--steps",
            "1",
            "--warmup",
            "0",
        ];
        var result = Relora.Run(
            folder,
            ["bench", "train", .. shape, "--dtype", type, "--environment", environment, "--json"]
        );
        result.ShouldSucceed();
        var figures = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(type, figures.GetProperty("dtype").GetString());
        foreach (var key in new[] { "tokens_per_s", "cpu_s_per_step", "peak_rss_mb" })
            Assert.True(figures.GetProperty(key).GetDouble() > 0, key);
        // The logarithm of the vocabulary, at the first step.
        Assert.InRange(figures.GetProperty("loss").GetDouble(), 10, 12);
    }
}
