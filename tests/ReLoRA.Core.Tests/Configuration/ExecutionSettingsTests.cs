using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class ExecutionSettingsTests
{
    private static readonly ExecutionSettings Settings = new()
    {
        Threads = 2,
        Device = "cpu",
        MicroBatch = 8,
        Train = "/data/train",
        Evaluation = "/data/validation",
    };

    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Assert.Equal(Settings, ExecutionSettings.Read(Settings.Write()));

    [Fact]
    public void Keys_are_snake_case() => Assert.Contains("\"micro_batch\": 8", Settings.Write());

    [Fact]
    public void A_file_from_before_there_was_recomputation_is_read_as_without()
    {
        var (old, now) = (Settings.Write(), (Settings with { Recompute = true }).Write());
        Assert.True(ExecutionSettings.Read(now).Recompute);
        Assert.False(
            ExecutionSettings.Read(old.Replace("\"recompute\": false,", "", StringComparison.Ordinal)).Recompute
        );
    }

    [Fact]
    public void A_file_from_before_there_were_several_processes_is_read_as_of_one()
    {
        var now = (Settings with { Ranks = 4 }).Write();
        Assert.Equal(4, ExecutionSettings.Read(now).Ranks);
        Assert.Equal(1, ExecutionSettings.Read(now.Replace("\"ranks\": 4,", "", StringComparison.Ordinal)).Ranks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"threads\": 2}")]
    [InlineData("{\"threads\": \"two\"}")]
    public void What_cannot_be_read_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ExecutionSettings.Read(text));
}
